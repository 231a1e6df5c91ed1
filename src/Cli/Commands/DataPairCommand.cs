using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Contracts;
using PairUni.Data.Features;
using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Data.Pools;
using PairUni.Modeling.Towers;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data pair: makes a PairUG file of two pools.</summary>
internal static class DataPairCommand
{
    private static readonly Option<string> Understand = new("--understand") { Description = "Pool of samples with questions: pool.jsonl or its folder.", Required = true, HelpName = "path" };
    private static readonly Option<string> Generate = new("--generate") { Description = "Pool of samples with captions.", Required = true, HelpName = "path" };
    private static readonly Option<string> Out = new("--out") { Description = "PairUG file to write, in a folder that holds both pools.", Required = true, HelpName = "file" };
    private static readonly Option<string> Features = new("--features") { Description = $"Image tower: {ImageTowers.Forms}.", Required = true, HelpName = "tower" };
    private static readonly Option<string?> Cache = new("--cache") { Description = "File that keeps features; beside the pairs when absent.", HelpName = "file" };
    private static readonly Option<int?> Aligned = Count("--aligned", "Clusters, hence aligned pairs at most; 4.6 % of all images when absent, as in the paper.");
    private static readonly Option<int?> Retrieved = Count("--retrieved", "Retrieved pairs at most; all that there are when absent.");
    private static readonly Option<double> Threshold = Share("--threshold", 0.6, "Least similarity of a retrieved pair", v => v is > 0 and <= 1, "a number above 0 and at most 1");
    private static readonly Option<double> TextShare = Share("--text-share", 0, "Share of captions and questions in the similarity", v => v is >= 0 and < 1, "a number from 0 to below 1");
    private static readonly Option<bool> Centre = new("--centre") { Description = "Subtract the mean of all features first; for towers that find every image alike." };
    private static readonly Option<bool> Balance = new("--balance") { Description = "Choose the retrieved pairs evenly over the tags of their generation halves; needs --retrieved." };
    private static readonly Option<bool> KeepDuplicates = new("--keep-duplicates") { Description = "Keep near-duplicates of a pool's earlier images." };
    private static readonly Option<long> Seed = SampleFlags.Seed();
    private static readonly Option<string> Device = new("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("pair", "Make a PairUG file of two pools: central images serve both tasks, others are matched by similarity.")
        {
            Examples =
            [
                "data pair --understand data/mine/understand --generate data/mine/generate --out data/mine/pairs.jsonl --features janus:models/Janus-Pro-1B",
                "data pair --understand u --generate g --out pairs.jsonl --features resnet50:resnet50.safetensors --aligned 4971 --retrieved 11349 --balance",
            ],
        };
        foreach (var option in new Option[] { Understand, Generate, Out, Features, Cache, Aligned, Retrieved, Threshold, TextShare, Centre, Balance, KeepDuplicates, Seed, Device })
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(context, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        var output = parsed.GetRequiredValue(Out);
        var (u, g) = (PoolFile.Find(parsed.GetRequiredValue(Understand)), PoolFile.Find(parsed.GetRequiredValue(Generate)));
        var (understand, generate) = PoolPairs.Merge(Distinct(context, u, parsed), Distinct(context, g, parsed));
        // Before hours of work, not after.
        PoolPairs.Check(understand, generate);
        _ = (PoolPaths.Relative(output, u, understand[0]), generate.Count > 0 ? PoolPaths.Relative(output, g, generate[0]) : "");
        using var tower = ImageTowers.Load(BuiltInFiles.Tower(parsed.GetRequiredValue(Features)), ModelFlags.ParseDevice(parsed.GetRequiredValue(Device), "--device"));
        using var cache = FeatureCache.Open(parsed.GetValue(Cache) ?? output + ".features", tower.Fingerprint, tower.Name, tower.Width);
        foreach (var (pool, samples) in new[] { (u, understand), (g, generate) })
        {
            var computed = FeatureExtraction.Fill(cache, tower, pool, samples, Counting.Every(context, 1000, "images"), cancellation);
            context.Error.WriteLine($"{pool}: features of {computed} images computed, {samples.Select(sample => sample.Sha256).Distinct().Count() - computed} from the cache");
        }

        var start = context.Time.GetTimestamp();
        var records = PoolPairs.Make(understand, generate, samples => FeatureExtraction.Read(cache, samples),
            (sample, isUnderstand) => PoolPaths.Relative(output, isUnderstand ? u : g, sample), options, context.Error.WriteLine);
        PairUgFile.Write(output, records);
        var retrieved = records.Where(record => !record.Aligned).ToArray();
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {records.Count} pairs, {records.Count - retrieved.Length} aligned and {retrieved.Length} retrieved; sum of similarities {retrieved.Sum(r => r.Similarity ?? 1):0.000}, mean {retrieved.Select(r => r.Similarity ?? 1).DefaultIfEmpty(1).Average():0.000}; {context.Time.GetElapsedTime(start).TotalSeconds:0.0} s"));
        if (records.Count == retrieved.Length && options.Aligned != 0)
            context.Out.WriteLine("no sample has a caption as well as a question with its answer, so there are no aligned pairs; data augment completes samples");
        return ExitCode.Done;
    }

    private static IReadOnlyList<PoolSample> Distinct(CliContext context, string path, ParseResult parsed)
    {
        var all = PoolFile.Read(path);
        if (parsed.GetValue(KeepDuplicates))
            return PoolPairs.WithoutHashes(all);
        var kept = PoolPairs.Distinct(all);
        if (kept.Count < all.Count)
            context.Error.WriteLine($"{path}: {all.Count - kept.Count} near-duplicates of earlier images left out of {all.Count}");
        return kept;
    }

    private static PairingOptions OptionsOf(ParseResult parsed)
    {
        if (parsed.GetValue(Balance) && parsed.GetValue(Retrieved) is null)
            throw new UserErrorException("--balance chooses among the pairs that there are; say how many with --retrieved");
        return new()
        {
            Aligned = parsed.GetValue(Aligned),
            Retrieved = parsed.GetValue(Retrieved),
            Threshold = parsed.GetValue(Threshold),
            TextShare = parsed.GetValue(TextShare),
            Centred = parsed.GetValue(Centre),
            Balanced = parsed.GetValue(Balance),
            Seed = (ulong)parsed.GetValue(Seed),
        };
    }

    private static Option<int?> Count(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "n" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !result.Errors.Any() && result.GetValueOrDefault<int?>() < 0)
                result.AddError($"{name} is {result.Tokens[0].Value}; it must be a whole number from 0 up");
        });
        return option;
    }

    private static Option<double> Share(string name, double usual, string description, Func<double, bool> allows, string range)
    {
        var option = new Option<double>(name) { Description = description + ".", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !result.Errors.Any() && !allows(result.GetValueOrDefault<double>()))
                result.AddError($"{name} is {result.Tokens[0].Value}; it must be {range}");
        });
        return option;
    }
}
