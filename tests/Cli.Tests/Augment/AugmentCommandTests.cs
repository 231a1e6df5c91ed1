using System.Diagnostics;
using System.Text.RegularExpressions;
using PairUni.Cli.Bench.Augment;
using PairUni.Cli.Chaos;
using PairUni.Cli.Models;
using PairUni.Data.Import;
using PairUni.Data.Pools;

namespace PairUni.Cli.Tests.Augment;

/// <summary>pairuni data augment as it is typed.</summary>
public sealed class AugmentCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Augment_SaysWhatItMadeAndWhatItCost()
    {
        using var folder = new AugmentFolder(3);
        await using var endpoint = await Endpoint(request => new(request.Text.Contains("many 1?", StringComparison.Ordinal) ? EndpointMood.Refuse : EndpointMood.Answer));
        var (code, output, error) = await Run(Environment(endpoint), Words(folder, "--input-price", "2.5", "--output-price", "10", "--budget", "1"));
        error.ShouldBeEmpty();
        output.ShouldBe($"{folder.At("out/pool.jsonl")}: 2 samples completed, 0 were complete, 1 rejected (1 refusal; rejected.jsonl), 0 given up, 0 open\n"
            + "5 answers now, 0 from the log; in all 2000 input and 250 output tokens, cost 0.0075\n");
        code.ShouldBe(0);
        Directory.GetFiles(folder.At("out"), "*", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains("secret-key"));
    }

    [Fact]
    public async Task ABudgetThatIsReached_IsOneSentence_ThatSaysHowToGoOn()
    {
        using var folder = new AugmentFolder(5);
        await using var endpoint = await Endpoint(_ => new(EndpointMood.Answer));
        var (code, output, error) = await Run(Environment(endpoint), Words(folder, "--token-budget", "7000", "--concurrency", "1"));
        code.ShouldBe(2);
        error.ShouldBe($"pairuni: the budget is reached, 5 samples are open; run this again with a higher one to go on from {folder.Log}\n".Replace("5 samples", $"{Regex.Match(output, "(\\d) open").Groups[1]} samples"));
        (code, output, _) = await Run(Environment(endpoint), Words(folder));
        output.ShouldContain("5 samples completed");
        (code, endpoint.Billed).ShouldBe((0, 10));
    }

    [Fact]
    public async Task EditedPrompts_AreUsed_AndALogOfOthers_IsRefused_UnlessThatIsWanted()
    {
        using var folder = new AugmentFolder(2);
        var texts = new List<string>();
        await using var endpoint = await Endpoint(request =>
        {
            lock (texts)
                texts.Add(request.Text);
            return new(EndpointMood.Answer);
        });
        (await Run(Environment(endpoint), Words(folder))).Code.ShouldBe(0);
        Directory.CreateDirectory(folder.At("mine"));
        await File.WriteAllTextAsync(folder.At("mine/caption.md"), "version: 7\n--- user\nDescribe; {{question}} {{answer}}\n");
        var (code, _, error) = await Run(Environment(endpoint), Words(folder, "--prompts", folder.At("mine")));
        error.ShouldMatch($"^pairuni: {folder.Log}: the answers were given to the prompt caption 1 [0-9a-f]{{12}}, which is now caption 7 [0-9a-f]{{12}}; give another --out, or --accept-changes to use what still fits and ask the rest anew\n$");
        (code, endpoint.Billed).ShouldBe((2, 4));
        (await Run(Environment(endpoint), Words(folder, "--prompts", folder.At("mine"), "--accept-changes"))).Code.ShouldBe(0);
        texts.ShouldContain("Describe; How many 1? 1");
        folder.Completed()[0].Unknown!["augmented"].GetProperty("prompts")[0].GetString()!.ShouldStartWith("caption 7 ");
    }

    [Fact]
    public async Task WhatIsWrong_IsOneSentence_AndNothingIsLost()
    {
        using var folder = new AugmentFolder(3);
        await using var endpoint = await Endpoint(_ => new(EndpointMood.Answer));
        var environment = Environment(endpoint);
        await Refuses(Without(environment, "OPENAI_API_KEY"), Words(folder), "pairuni: there is no key; set OPENAI_API_KEY in the environment");
        await Refuses(Without(environment, "PAIRUNI_ANNOTATOR_MODEL"), Words(folder), "pairuni: no model is named; give --model, or set PAIRUNI_ANNOTATOR_MODEL");
        await Refuses(environment, Words(folder, "--base-url", "nowhere"), "pairuni: nowhere is no address of an endpoint; write for example --base-url http");
        await Refuses(environment, Words(folder, "--base-url", $"http://127.0.0.1:{FreePort.Next()}/v1"), "pairuni: http://127.0.0.1:", " cannot be reached (Connection refused");
        await Refuses(environment, Words(folder, "--base-url", endpoint.Url.ToString().Replace("/v1", "/v2", StringComparison.Ordinal)), "pairuni: http://127.0.0.1:", " has no chat completions or no model model-1 (404: without a message); check --base-url, which mostly ends in /v1, and --model");
        await Refuses(environment, Words(folder, "--budget", "5"), "pairuni: --budget needs prices; give --input-price and --output-price, or bound the tokens with --token-budget");
        await Refuses(environment, Words(folder, "--concurrency", "0"), "pairuni: --concurrency is 0; it must be a whole number from 1 to 1024");
        await Refuses(environment, Words(folder, "--prompts", folder.At("none")), $"pairuni: {folder.At("none")}: there is no such folder of prompts; copy configs/prompts and edit the copy");
        await Refuses(environment, [.. Words(folder).Select(word => word == "openai" ? "gpt" : word)], "pairuni: --annotator is gpt; it must be openai or janus:FOLDER");
        await Refuses(environment, [.. Words(folder).Select(word => word == "understand" ? "generate" : word)], $"pairuni: {folder.Pool}: the sample \"s0\" has no caption; complete this pool with --task understand");
        await Refuses(environment, [.. Words(folder).Select(word => word == folder.At("out") ? folder.At("pool") : word)], $"pairuni: {folder.Pool}: the completed pool needs a folder of its own; give another --out");

        await File.WriteAllTextAsync(folder.At("empty.jsonl"), "\n");
        await Refuses(environment, [.. Words(folder).Select(word => word == folder.Pool ? folder.At("empty.jsonl") : word)], $"pairuni: {folder.At("empty.jsonl")}: the pool is empty");

        (await Run(environment, Words(folder))).Code.ShouldBe(0);
        using var other = new AugmentFolder(2, SampleTask.Generate);
        File.Copy(folder.Log, Directory.CreateDirectory(other.At("out")).FullName + "/answers.jsonl");
        await Refuses(environment, Words(other), $"pairuni: {other.Log}: the log has an answer about the sample \"s", "\", which the pool lacks or has otherwise; give another --out, or --accept-changes");
        await Refuses(environment, Words(folder, "--model", "model-2"), $"pairuni: {folder.Log}: the answers are those of model-1, not of model-2; give another --out");
        await File.WriteAllTextAsync(other.Log, "{}\n{}\n");
        await Refuses(environment, Words(other), $"pairuni: {other.Log}:1: the line is no answer of data augment; restore the file, or give another --out");

        var image = Path.Combine(Path.GetDirectoryName(folder.Pool)!, PoolFile.Read(folder.Pool)[1].ImagePath);
        File.Delete(image);
        await Refuses(environment, Words(folder), $"pairuni: {folder.Pool}: sample \"s1\": the image {image} does not exist");
        endpoint.Billed.ShouldBe(6);
    }

    [Fact]
    public async Task AKilledProcess_PaysAgainOnlyForWhatHadNotReachedItsLog()
    {
        using var folder = new AugmentFolder(40);
        var (asked, killed) = (0, false);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = await Endpoint(_ =>
        {
            if (Volatile.Read(ref killed) || Interlocked.Increment(ref asked) <= 30)
                return new(EndpointMood.Answer);
            enough.TrySetResult();
            return new(EndpointMood.Hang);
        });
        var start = new ProcessStartInfo(PairUniProgram.Path, Words(folder, "--concurrency", "6")) { RedirectStandardError = true };
        foreach (var (name, value) in Environment(endpoint))
            start.Environment[name] = value;
        using (var process = Process.Start(start)!)
        {
            await enough.Task.WaitAsync(Limit);
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Limit);
        }

        var lines = (await File.ReadAllTextAsync(folder.Log)).Count(c => c == '\n');
        lines.ShouldBeGreaterThanOrEqualTo(30 - 6);
        Volatile.Write(ref killed, true);
        (await Run(Environment(endpoint), Words(folder))).Out.ShouldContain($"40 samples completed, 0 were complete, 0 rejected, 0 given up, 0 open\n{80 - lines} answers now, {lines} from the log");
        endpoint.Usable.Count.ShouldBe(80);
        endpoint.Usable.Values.Max().ShouldBeLessThanOrEqualTo(2);
        endpoint.Usable.Values.Count(count => count == 2).ShouldBe(30 - lines);
    }

    [Theory]
    [InlineData("understand")]
    [InlineData("generate")]
    public async Task Janus_CompletesAPoolOffline_AndSaysWhyNot(string task)
    {
        using var folder = new TemporaryFolder();
        var at = (string name) => Path.Combine(folder.Path, name);
        (await CliTest.Run("data", "shapes", "--out", at("raw"), "--pairs", "20")).Code.ShouldBe(0);
        var half = task + "_ann";
        string[] map = task == "understand" ? [$"question={half}.question", $"answer={half}.answer"] : [$"prompt={half}.prompt"];
        (await CliTest.Run(["data", "import", at("raw/train.jsonl"), "--task", task, "--out", at("pool"), "--map", $"image={half}.image_path", .. map])).Code.ShouldBe(0);
        string[] words = ["data", "augment", at("pool"), "--task", task, "--out", at("out"), "--annotator", $"janus:{BuiltInFiles.Find(BuiltInFiles.Model)}", "--max-tokens", "64"];
        var (code, output, error) = await CliTest.Run(words);
        code.ShouldBe(0, error);
        var pool = PoolFile.Read(at("out/pool.jsonl"));
        var completed = pool.Where(sample => sample.CanGenerate && sample.CanUnderstand).ToArray();
        var rejected = await File.ReadAllLinesAsync(at("out/rejected.jsonl"));
        completed.Length.ShouldBeGreaterThan(3);
        (pool.Count, completed.Length + rejected.Length).ShouldBe((20, 20));
        output.ShouldContain($"{completed.Length} samples completed, 0 were complete, {rejected.Length} rejected (");
        rejected.ShouldAllBe(line => !line.Contains("\"reason\":\"\""));
        completed[0].Unknown!["augmented"].GetProperty("model").GetString()!.ShouldStartWith("janus:janus-nano ");
        (await CliTest.Run(words)).Out.ShouldContain("\n0 answers now, ");
    }

    private static Task<MisbehavingEndpoint> Endpoint(Func<EndpointRequest, EndpointBehaviour> behaviour) => MisbehavingEndpoint.Start(behaviour, TimeProvider.System);

    private static Dictionary<string, string> Environment(MisbehavingEndpoint endpoint) => new()
    {
        ["OPENAI_API_KEY"] = "secret-key",
        ["OPENAI_BASE_URL"] = endpoint.Url.ToString(),
        ["PAIRUNI_ANNOTATOR_MODEL"] = "model-1",
    };

    private static Dictionary<string, string> Without(Dictionary<string, string> environment, string name) => environment.Where(variable => variable.Key != name).ToDictionary();

    private static string[] Words(AugmentFolder folder, params string[] more) =>
        ["data", "augment", folder.Pool, "--task", folder.Task == SampleTask.Understand ? "understand" : "generate", "--out", folder.At("out"), "--annotator", "openai", .. more];

    private static async Task<(int Code, string Out, string Error)> Run(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (await CommandLine.Run(words, CliTest.Context(output, error, environment)), output.ToString(), error.ToString());
    }

    private static async Task Refuses(IReadOnlyDictionary<string, string> environment, string[] words, string begin, string within = "")
    {
        var (code, output, error) = await Run(environment, words);
        error.ShouldStartWith(begin);
        error.ShouldContain(within);
        error.Count(c => c == '\n').ShouldBe(1);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }
}
