using System.CommandLine;
using PairUni.Contracts;
using PairUni.Learner.Eval;

namespace PairUni.Cli.Models;

/// <summary>The flags of pairuni eval and what they mean.</summary>
internal sealed class EvalFlags
{
    public ModelFlags Model { get; } = new();

    public Option<string> Suite { get; } = new("--suite") { Description = "What to measure with; shapes is the only suite.", DefaultValueFactory = _ => "shapes" };

    public Option<string?> HeldOut { get; } = new("--held-out") { Description = "Folder with prompts.jsonl and questions.jsonl; the shapes world's own without it.", HelpName = "folder" };

    public Option<int> PromptsPerTag { get; } = SampleFlags.Count("--prompts-per-tag", 64, "Prompts of each of the six tags");

    public Option<int> Samples { get; } = SampleFlags.Count("--samples", 4, "Images drawn for each prompt");

    public Option<int> Questions { get; } = SampleFlags.Count("--questions", 600, "Questions");

    public Option<long> Seed { get; } = SampleFlags.Seed();

    public Option<double> CfgWeight { get; } = SampleFlags.CfgWeight();

    public Option<double> Temperature { get; } = SampleFlags.Temperature(1);

    public Option<string?> Json { get; } = new("--json") { Description = "Write all scores, verdicts and answers to this file.", HelpName = "file" };

    public Option<string?> Before { get; } = new("--before") { Description = "File that --json wrote of another model: prints before, after and the interval of the change.", HelpName = "file" };

    public void AddTo(Command command)
    {
        Model.AddTo(command);
        foreach (var option in new Option[] { Suite, HeldOut, PromptsPerTag, Samples, Questions, Seed, CfgWeight, Temperature, Json, Before })
            command.Options.Add(option);
    }

    public EvalSuite SuiteOf(ParseResult parsed)
    {
        if (parsed.GetValue(Suite) is var suite and not "shapes")
            throw new UserErrorException($"--suite is {suite}; the only suite is shapes");
        var (prompts, questions) = (parsed.GetValue(PromptsPerTag), parsed.GetValue(Questions));
        var whole = parsed.GetValue(HeldOut) is { } folder ? HeldOutSuite.Read(folder) : HeldOutSuite.Draw((ulong)parsed.GetValue(Seed), prompts, questions);
        return whole.Take(prompts, questions);
    }

    public EvalSettings SettingsOf(ParseResult parsed) => new()
    {
        Seed = (ulong)parsed.GetValue(Seed),
        SamplesPerPrompt = parsed.GetValue(Samples),
        CfgWeight = parsed.GetValue(CfgWeight),
        Temperature = parsed.GetValue(Temperature),
        KeepPerTag = 0,
    };
}
