using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Modeling.Images;
using PairUni.Modeling.Sampling;

namespace PairUni.Cli.Commands;

/// <summary>pairuni ask: answers a question about an image.</summary>
internal static class AskCommand
{
    private const int UnderstandTask = 1;

    public static Command Create(CliContext context)
    {
        var model = new ModelFlags();
        var image = new Option<string>("--image") { Description = "PNG or JPEG file.", Required = true, HelpName = "file" };
        var question = new Option<string>("--question") { Description = "What to ask; \\n begins a new line.", Required = true, HelpName = "text" };
        var (seed, temperature) = (SampleFlags.Seed(), SampleFlags.Temperature(0));
        var longest = SampleFlags.Count("--max-new-tokens", 32, "Longest answer in tokens");
        var command = new CliCommand("ask", "Ask a question about an image.")
        {
            Examples = ["ask --image shapes.png --question \"What colour is the circle?\\nA. red\\nB. blue\\nC. green\\nD. black\\nAnswer with one of the options.\""],
        };
        model.AddTo(command);
        foreach (var option in new Option[] { image, question, seed, temperature, longest })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(question).Replace("\\n", "\n", StringComparison.Ordinal);
            if (string.IsNullOrWhiteSpace(text))
                throw new UserErrorException("--question is empty; say what to ask");
            var picture = RgbImage.Load(parsed.GetRequiredValue(image));
            using var policy = model.Load(parsed);
            var samples = TextSampler.Sample(policy, picture, text, [SampleSeed.Derive((ulong)parsed.GetValue(seed), 0, 0, UnderstandTask, 0)],
                new() { Temperature = parsed.GetValue(temperature), MaxNewTokens = parsed.GetValue(longest) });
            context.Out.WriteLine(samples.Texts[0].Trim());
            return ExitCode.Done;
        });
        return command;
    }
}
