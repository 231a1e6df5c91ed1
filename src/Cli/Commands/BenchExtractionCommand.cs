using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PairUni.Cli.Bench.Extraction;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;
using PairUni.Modeling.Towers;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench extraction: whether the memory of data pair's feature extraction grows with the number of images.</summary>
internal static class BenchExtractionCommand
{
    public static Command Create(CliContext context)
    {
        var features = new Option<string>("--features") { Description = $"Image tower: {ImageTowers.Forms}.", HelpName = "tower", DefaultValueFactory = _ => "janus:" + BuiltInFiles.Model };
        var images = new Option<int[]>("--images")
        {
            Description = "Sizes of the pools.",
            HelpName = "n",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [2000, 8000, 32_000],
            Validators = { r => { if (!r.Errors.Any() && r.GetValueOrDefault<int[]>().Any(n => n is < 1 or > 1_000_000)) r.AddError("--images must be whole numbers from 1 to 1000000"); } },
        };
        var (side, json) = (SampleFlags.Count("--side", 64, "Width and height of the images"), BenchCommand.Json());
        var command = new CliCommand("extraction", "Extract the features of pools of growing size and measure time and peak memory of each.")
        {
            Examples = ["bench extraction", "bench extraction --features hps:models/HPSv2 --images 500 2000 --side 512"],
        };
        foreach (var option in new Option[] { features, images, side, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var name = parsed.GetRequiredValue(features);
            using var tower = ImageTowers.Load(BuiltInFiles.Tower(name));
            var rows = new List<ExtractionRow>();
            await Task.Run(() =>
            {
                foreach (var row in ExtractionBench.Run(tower, parsed.GetRequiredValue(images), parsed.GetValue(side), context.Time))
                {
                    context.Out.WriteLine(Format($"{row.Images,8} images   {row.Seconds,7:0.0} s   {row.Images / row.Seconds,7:0} images/s   peak memory {row.PeakBytes / 1e6,7:0} MB"));
                    rows.Add(row);
                }
            });
            if (rows.Count > 1 && rows[^1].Images > rows[0].Images)
                context.Out.WriteLine(Format($"{(rows[^1].PeakBytes - rows[0].PeakBytes) / 1e3 / (rows[^1].Images - rows[0].Images):0.00} kB for each further image"));
            context.Out.WriteLine(Format($"hardware {EnvironmentFile.Hardware()}; pairuni bench extraction --features {name} --images {string.Join(' ', rows.Select(row => row.Images))} --side {parsed.GetValue(side)}"));
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(rows, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
