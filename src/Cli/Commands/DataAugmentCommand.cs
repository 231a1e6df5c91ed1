using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Augment;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Training;
using PairUni.Contracts;
using PairUni.Data.Augmentation;
using PairUni.Data.Import;
using PairUni.Data.Pools;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data augment: gives each sample of a pool the half that it lacks.</summary>
internal static class DataAugmentCommand
{
    private const string KeyName = "OPENAI_API_KEY";
    private const string UrlName = "OPENAI_BASE_URL";
    private const string ModelName = "PAIRUNI_ANNOTATOR_MODEL";
    private const string OpenAi = "https://api.openai.com/v1";

    private static readonly Argument<string> Pool = new("pool") { Description = "pool.jsonl or its folder." };
    private static readonly Option<string> Task = new Option<string>("--task") { Description = "understand: add captions to questions; generate: add questions to captions.", Required = true }.OneOf("understand", "generate");
    private static readonly Option<string> Out = new("--out") { Description = "Folder that gets the completed pool with its images, and the log of answers that a killed run goes on from.", Required = true, HelpName = "folder" };
    private static readonly Option<string> Annotator = new("--annotator") { Description = "openai: an endpoint that speaks OpenAI's chat completions; janus:FOLDER: a Janus model, offline.", Required = true, HelpName = "openai|janus:folder" };
    private static readonly Option<string?> Model = new("--model") { Description = $"Model of the endpoint; {ModelName} when absent.", HelpName = "name" };
    private static readonly Option<string?> BaseUrl = new("--base-url") { Description = $"Address of the endpoint; {UrlName} when absent, or else OpenAI's. The key is in {KeyName}.", HelpName = "url" };
    private static readonly Option<string?> Prompts = new("--prompts") { Description = "Folder with edited copies of files from configs/prompts.", HelpName = "folder" };
    private static readonly Option<string> Format = new Option<string>("--answer-format") { Description = "How the endpoint is held to JSON: schema, json, or text for those that know neither.", DefaultValueFactory = _ => "schema" }.OneOf("schema", "json", "text");
    private static readonly Option<int> Concurrency = Number("--concurrency", 16, "Inquiries under way at once", 1, 1024);
    private static readonly Option<int> Attempts = Number("--attempts", 8, "How often an inquiry is sent at most while the endpoint is busy or fails", 1, 100);
    private static readonly Option<int> Tries = Number("--tries", 3, "How many malformed answers to an inquiry are paid for at most", 1, 20);
    private static readonly Option<int> Timeout = Number("--timeout", 120, "Longest wait for an answer, in seconds", 1, 3600);
    private static readonly Option<int> MaxTokens = Number("--max-tokens", 2048, "Longest answer in tokens, reasoning included", 1, 1_000_000);
    private static readonly Option<int> ImageTokens = Number("--image-tokens", 3000, "Tokens that an image counts as at most, where a budget reserves them", 0, 1_000_000);
    private static readonly Option<decimal> InputPrice = Money("--input-price", "Price of a million input tokens, in any currency.", 0m);
    private static readonly Option<decimal> OutputPrice = Money("--output-price", "Price of a million output tokens.", 0m);
    private static readonly Option<decimal?> Budget = Money<decimal?>("--budget", "Most that all answers in the log and to come may cost; needs the prices.", null);
    private static readonly Option<long?> TokenBudget = Money<long?>("--token-budget", "Most tokens that they may use.", null);
    private static readonly Option<bool> OnlyComplete = new("--only-complete") { Description = "Leave samples that were not completed out of the pool, instead of keeping them as they were." };
    private static readonly Option<bool> AcceptChanges = new("--accept-changes") { Description = "Go on with a log of other prompts, samples or another model: use what fits, ask the rest anew." };
    private static readonly Option<long> Seed = SampleFlags.Seed();
    private static readonly Option<string> Device = new("--device") { Description = "For janus: cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("augment", "Complete a pool: captions for its questions or questions for its captions, each checked by a second look.")
        {
            Examples =
            [
                "data augment data/mine/understand --task understand --out data/mine/understand-full --annotator openai --model gpt-5-mini --input-price 0.25 --output-price 2 --budget 20",
                "data augment data/mine/generate --task generate --out data/mine/generate-full --annotator openai --base-url http://127.0.0.1:8000/v1 --model Qwen2.5-VL-7B-Instruct",
                "data augment data/mine/generate --task generate --out data/mine/generate-full --annotator janus:models/Janus-Pro-7B",
            ],
        };
        command.Arguments.Add(Pool);
        foreach (var option in new Option[] { Task, Out, Annotator, Model, BaseUrl, Prompts, Format, Concurrency, Attempts, Tries, Timeout, MaxTokens, ImageTokens, InputPrice, OutputPrice, Budget, TokenBudget, OnlyComplete, AcceptChanges, Seed, Device })
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Run(context, parsed, cancellation));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        var annotator = AnnotatorOf(context, parsed);
        using var signals = new StopSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var run = Augmentation.Run(options, annotator, context.Time, Counting.Every(context, 1000, "samples"), stop.Token);
            if (await System.Threading.Tasks.Task.WhenAny(run, signals.Requested) == signals.Requested)
            {
                context.Error.WriteLine("stopping; answers under way are waited for, because they are paid for");
                await stop.CancelAsync();
            }

            return Tell(context, await run);
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine($"pairuni: stopped; the answers so far are in {Path.Combine(options.Folder, AnswerLog.Name)}, and the same command goes on from there");
            return ExitCode.Interrupted;
        }
        finally
        {
            (annotator as IDisposable)?.Dispose();
            if (annotator is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
    }

    private static int Tell(CliContext context, AugmentReport report)
    {
        if (report.Torn)
            context.Error.WriteLine($"{report.Log}: the last line was not whole and was cut off");
        if (report.Lost > 0)
            context.Error.WriteLine($"{report.Lost} answers were cut off or did not come in time; whether they are on the bill is unknown, they are counted at their bound");
        var rejected = report.Count(SampleState.Rejected);
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Path}: {report.Count(SampleState.Completed)} samples completed, {report.Count(SampleState.WasComplete)} were complete, {rejected} rejected"
            + $"{(rejected > 0 ? $" ({string.Join(", ", report.Rejected.Select(kind => $"{kind.Value} {kind.Key}"))}; {Augmentation.RejectedName})" : "")}, {report.Count(SampleState.GivenUp)} given up, {report.Count(SampleState.Open)} open"));
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Answered} answers now, {report.FromLog} from the log; in all {report.Tokens.Input} input and {report.Tokens.Output} output tokens, cost {report.Cost:0.0000}"));
        if (report.BudgetReached)
        {
            context.Error.WriteLine($"pairuni: the budget is reached, {report.Count(SampleState.Open)} samples are open; run this again with a higher one to go on from {report.Log}");
            return ExitCode.Usage;
        }

        if (report.GivenUp.Length == 0)
            return ExitCode.Done;
        context.Error.WriteLine($"pairuni: {report.Count(SampleState.GivenUp)} samples were given up ({report.GivenUp}); run this again to ask for them once more");
        return ExitCode.Failed;
    }

    private static AugmentOptions OptionsOf(ParseResult parsed)
    {
        var account = new AccountOptions
        {
            InputPrice = parsed.GetValue(InputPrice),
            OutputPrice = parsed.GetValue(OutputPrice),
            Money = parsed.GetValue(Budget),
            Tokens = parsed.GetValue(TokenBudget),
        };
        if (account is { Money: not null, InputPrice: 0, OutputPrice: 0 })
            throw new UserErrorException("--budget needs prices; give --input-price and --output-price, or bound the tokens with --token-budget");
        return new()
        {
            Pool = PoolFile.Find(parsed.GetRequiredValue(Pool)),
            Folder = parsed.GetRequiredValue(Out),
            Task = Enum.Parse<SampleTask>(parsed.GetRequiredValue(Task), ignoreCase: true),
            Concurrency = parsed.GetValue(Concurrency),
            Attempts = parsed.GetValue(Attempts),
            Tries = parsed.GetValue(Tries),
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
            Account = account,
            Seed = (ulong)parsed.GetValue(Seed),
            OnlyComplete = parsed.GetValue(OnlyComplete),
            AcceptChanges = parsed.GetValue(AcceptChanges),
        };
    }

    private static IAnnotator AnnotatorOf(CliContext context, ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Annotator);
        if (name.StartsWith("janus:", StringComparison.Ordinal))
            return new JanusAnnotator(BuiltInFiles.Find(name["janus:".Length..]), parsed.GetValue(Prompts), ModelFlags.ParseDevice(parsed.GetRequiredValue(Device), "--device"), parsed.GetValue(MaxTokens));
        if (name != "openai")
            throw new UserErrorException($"--annotator is {name}; it must be openai or janus:FOLDER");
        return new OpenAiAnnotator(new()
        {
            Model = parsed.GetValue(Model) ?? Variable(ModelName) ?? throw new UserErrorException($"no model is named; give --model, or set {ModelName}"),
            BaseUrl = Address(parsed.GetValue(BaseUrl) ?? Variable(UrlName) ?? OpenAi),
            Key = Variable(KeyName) ?? throw new UserErrorException($"there is no key; set {KeyName} in the environment, to any word for an endpoint that needs none"),
            MaxTokens = parsed.GetValue(MaxTokens),
            ImageTokens = parsed.GetValue(ImageTokens),
            Format = Enum.Parse<AnswerFormat>(parsed.GetRequiredValue(Format), ignoreCase: true),
            Prompts = parsed.GetValue(Prompts),
        }, context.Time);

        string? Variable(string variable) => context.Environment.TryGetValue(variable, out var value) && value.Trim() is { Length: > 0 } set ? set : null;
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw new UserErrorException($"{text} is no address of an endpoint; write for example --base-url http://127.0.0.1:8000/v1");

    private static Option<int> Number(string name, int usual, string description, int least, int most)
    {
        var option = new Option<int>(name) { Description = description + ".", HelpName = "n", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !result.Errors.Any() && (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most))
                result.AddError($"{name} is {result.Tokens[0].Value}; it must be a whole number from {least} to {most}");
        });
        return option;
    }

    private static Option<T> Money<T>(string name, string description, T usual)
    {
        var option = new Option<T>(name) { Description = description, HelpName = "n" };
        if (usual is not null)
            option.DefaultValueFactory = _ => usual;
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !result.Errors.Any() && Convert.ToDecimal(result.GetValueOrDefault<T>(), CultureInfo.InvariantCulture) < 0)
                result.AddError($"{name} is {result.Tokens[0].Value}; it must not be negative");
        });
        return option;
    }
}
