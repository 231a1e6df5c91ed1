using System.CommandLine;
using PairUni.Cli.Config;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Contracts;
using PairUni.Data.Import;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data import: turns single-task data, as people have them, into a pool.</summary>
internal static class DataImportCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "JSONL, LLaVA JSON or CSV file, or a folder of images with .txt captions." };
    private static readonly Option<string> Format = new Option<string>("--format") { Description = "jsonl, llava, csv or captions; by the source's name when absent: .jsonl, .json, .csv, a folder.", DefaultValueFactory = _ => "" }.OneOf("jsonl", "llava", "csv", "captions");
    private static readonly Option<string> Task = new Option<string>("--task") { Description = "understand: questions with answers about images; generate: captions.", Required = true }.OneOf("understand", "generate");
    private static readonly Option<string> Out = new("--out") { Description = "Folder that gets pool.jsonl and images/.", Required = true, HelpName = "folder" };
    private static readonly Option<string?> Images = new("--images") { Description = "Folder that image paths are relative to; the source's own when absent.", HelpName = "folder" };
    private static readonly Option<string[]> Map = new("--map") { Description = "PART=FIELD: which field holds id, image, prompt, question, answer, tag or geneval; dots lead into objects, a ? at the end lets the field be absent.", HelpName = "part=field", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Mapping = new("--mapping") { Description = "YAML file with a line PART: FIELD for each part, instead of --map.", HelpName = "file" };
    private static readonly Option<string> Tag = new("--tag") { Description = "Category of samples that have none.", DefaultValueFactory = _ => "" };
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out samples with something wrong, listed in skipped.txt." };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("import", "Turn single-task data into a pool: images checked, hashed and copied, one sample a line.")
        {
            Examples =
            [
                "data import orsta.jsonl --task understand --map image=file question=problem answer=solution tag=source --out data/mine/understand",
                "data import pictures --task generate --out data/mine/generate",
            ],
        };
        command.Arguments.Add(Source);
        foreach (var option in new Option[] { Task, Out, Format, Images, Map, Mapping, Tag, SkipBad })
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Run(context, parsed, cancellation));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var source = parsed.GetRequiredValue(Source);
        var options = new ImportOptions
        {
            Source = source,
            Format = FormatOf(source, parsed.GetRequiredValue(Format)),
            Task = Enum.Parse<SampleTask>(parsed.GetRequiredValue(Task), ignoreCase: true),
            Images = parsed.GetValue(Images),
            Map = MapOf(parsed.GetValue(Map) ?? [], parsed.GetValue(Mapping)),
            Tag = parsed.GetRequiredValue(Tag),
            SkipBad = parsed.GetValue(SkipBad),
        };
        var report = await System.Threading.Tasks.Task.Run(() => PoolImport.Run(options, parsed.GetRequiredValue(Out), Counting.Every(context, 10_000, "samples"), cancellation), cancellation);
        ProblemList.Tell(context, report.Problems);
        if (report.Samples == 0)
        {
            context.Error.WriteLine("pairuni: nothing was imported; mend the source, or leave such samples out with --skip-bad");
            return ExitCode.Usage;
        }

        context.Out.WriteLine($"{report.Path}: {report.Samples} samples, {report.Images} images"
            + (report.Problems.Count > 0 ? $", {report.Problems.Count} skipped (skipped.txt)" : "")
            + (report.WithoutImage > 0 ? $", {report.WithoutImage} records without an image left out" : ""));
        return ExitCode.Done;
    }

    private static SourceFormat FormatOf(string source, string given) => given.Length > 0 ? Enum.Parse<SourceFormat>(given, ignoreCase: true)
        : Directory.Exists(source) ? SourceFormat.Captions
        : Path.GetExtension(source).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => SourceFormat.Jsonl,
            ".JSON" => SourceFormat.Llava,
            ".CSV" => SourceFormat.Csv,
            _ => throw new UserErrorException($"{source} does not show its format by its name; give --format jsonl, llava, csv or captions"),
        };

    private static string MappingText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--mapping {file} cannot be read ({fault.Message.TrimEnd('.')}); give a YAML file with lines such as image: file_name", fault);
        }
    }

    private static FieldMap MapOf(string[] pairs, string? file)
    {
        var map = new FieldMap();
        foreach (var pair in pairs)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } part, { Length: > 0 } field])
                throw new UserErrorException($"--map {pair} is not PART=FIELD; write for example --map image=file_name");
            map.Add(part, field, "--map");
        }

        if (file is null)
            return map;
        if (YamlReader.Read(MappingText(file), line => $"{file}:{line}") is not ConfigMap entries)
            throw new UserErrorException($"{file} holds no mapping; write lines such as image: file_name");
        foreach (var entry in entries.Entries)
        {
            if (entry.Value is not ConfigScalar { Text.Length: > 0 } field)
                throw new UserErrorException($"{entry.Origin}: {entry.Key} must be mapped to the name of a field");
            map.Add(entry.Key, field.Text, entry.Origin);
        }

        return map;
    }
}
