using PairUni.Cli.Bench.Augment;
using PairUni.Data.Augmentation;
using PairUni.Data.Import;

namespace PairUni.Cli.Tests.Augment;

/// <summary>Augmentation against a real HTTP server that misbehaves on purpose.</summary>
public sealed class OpenAiAugmentTests
{
    private static readonly HurriedTime Time = new(TimeSpan.FromMinutes(30));

    [Theory]
    [InlineData(SampleTask.Understand)]
    [InlineData(SampleTask.Generate)]
    public async Task APool_IsCompletedAndChecked_AndPaidOnce(SampleTask task)
    {
        using var folder = new AugmentFolder(6, task);
        await using var endpoint = await Endpoint(_ => Good);
        var report = await Run(folder, endpoint);
        (report.Count(SampleState.Completed), report.Answered, endpoint.Billed).ShouldBe((6, 12, 12));
        (report.Tokens.Input, report.Tokens.Output).ShouldBe((12 * 400, 12 * 50));
        var sample = folder.Completed()[3];
        (sample.Id, sample.CanUnderstand, sample.CanGenerate).ShouldBe(("s3", true, true));
        var augmented = sample.Unknown!["augmented"];
        augmented.GetProperty("model").GetString().ShouldBe("model-1");
        augmented.GetProperty("prompts")[0].GetString()!.ShouldMatch(task == SampleTask.Understand ? "^caption 1 [0-9a-f]{12}$" : "^question 1 [0-9a-f]{12}$");
        File.Exists(folder.At($"out/{sample.ImagePath}")).ShouldBeTrue();
        Directory.GetFiles(folder.At("out/prompts")).Length.ShouldBe(4);
        if (task == SampleTask.Generate)
        {
            sample.Question.ShouldMatch(@"^What is [0-9a-f]{16}\?\nA\. \w+\nB\. \w+\nC\. \w+\nD\. \w+\nAnswer with one of the options\.$");
            sample.Question.ShouldContain($"{sample.Answer}. one\n");
        }

        var before = await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"));
        report = await Run(folder, endpoint);
        (report.Answered, report.FromLog, endpoint.Billed).ShouldBe((0, 12, 12));
        (await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"))).ShouldBe(before);
    }

    [Fact]
    public async Task WhatPasses_IsAskedAgain_AfterTheTimeThatWasAskedFor()
    {
        var time = new HurriedTime(TimeSpan.FromMinutes(30));
        using var folder = new AugmentFolder(5);
        await using var endpoint = await Endpoint(request => request.Visit switch
        {
            1 => EndpointBehaviour.Fails(429, "77"),
            2 => EndpointBehaviour.Fails(500),
            3 => new(EndpointMood.CutConnection),
            4 => new(EndpointMood.NoCompletion),
            5 => EndpointBehaviour.Fails(503, DateTimeOffset.UtcNow.AddMinutes(5).ToString("R")),
            _ => Good,
        });
        var report = await Run(folder, endpoint, folder.Options(), time);
        (report.Count(SampleState.Completed), report.Answered, report.Lost).ShouldBe((5, 10, 20));
        endpoint.Usable.Values.ShouldAllBe(count => count == 1);
        endpoint.Usable.Count.ShouldBe(10);
        time.Waits.Count(wait => wait >= TimeSpan.FromSeconds(77) && wait < TimeSpan.FromSeconds(78)).ShouldBe(10);
        time.Waits.Count(wait => wait > TimeSpan.FromMinutes(4)).ShouldBe(10);
        // 500, cut and no completion are failures 2 to 4 of an inquiry: 2, 4 and 8 s, of which jitter leaves a half at least.
        time.Waits.Count(wait => wait >= TimeSpan.FromSeconds(1) && wait <= TimeSpan.FromSeconds(8)).ShouldBe(30);
        // What may be on the bill is counted at its bound, or more.
        report.Tokens.Output.ShouldBe((10 * MisbehavingEndpoint.OutputTokens) + (20 * 100));
    }

    [Fact]
    public async Task AnAnswerThatNeverComes_IsGivenUpAfterItsTime_AndAskedForAgain()
    {
        var time = new HurriedTime(TimeSpan.FromMinutes(30));
        using var folder = new AugmentFolder(3);
        await using var endpoint = await Endpoint(request =>
        {
            if (request.Visit > 1)
                return Good;
            _ = Task.Run(time.Expire);
            return new(EndpointMood.Hang);
        });
        var report = await Run(folder, endpoint, folder.Options(concurrency: 1), time);
        (report.Count(SampleState.Completed), report.Lost, endpoint.Moods[EndpointMood.Hang]).ShouldBe((3, 6, 6));
    }

    [Fact]
    public async Task WhatIsMalformed_IsAskedForAgainAFewTimes_ThenRejectedWithItsReason()
    {
        using var folder = new AugmentFolder(4);
        await using var endpoint = await Endpoint(request => IdOf(request) switch
        {
            0 => new(EndpointMood.Malformed),
            1 => new(EndpointMood.WrongSchema),
            2 when request.Visit < 3 => new(EndpointMood.CutShort),
            _ => Good,
        });
        var report = await Run(folder, endpoint);
        (report.Count(SampleState.Completed), report.Rejected["malformed"]).ShouldBe((2, 2));
        endpoint.Billed.ShouldBe(3 + 3 + 6 + 2);
        folder.Rejected().Select(rejected => (rejected.Id, rejected.Reason)).ShouldBe([("s0", "the answer is no JSON (3 answers)"), ("s1", "there is no text \"caption\" (3 answers)")]);
        // Rejected for good: nothing is paid for again, and the pool has the samples as they were.
        (await Run(folder, endpoint)).Answered.ShouldBe(0);
        folder.Completed().Select(sample => sample.CanGenerate).ShouldBe([false, false, true, true]);
    }

    [Fact]
    public async Task RefusalsAndContradictions_AreKeptWithTheirReason()
    {
        using var folder = new AugmentFolder(4);
        await using var endpoint = await Endpoint(request => IdOf(request) switch
        {
            0 => new(EndpointMood.Refuse),
            1 => new(EndpointMood.Contradict),
            2 => new(EndpointMood.Lack),
            _ => Good,
        });
        await Run(folder, endpoint, folder.Options() with { OnlyComplete = true });
        folder.Completed().Select(sample => sample.Id).ShouldBe(["s3"]);
        var rejected = folder.Rejected();
        rejected.Select(sample => (sample.Id, sample.Kind, sample.Reason, sample.Stage)).ShouldBe(
        [
            ("s0", "refusal", "I cannot help with that.", AugmentStage.Caption),
            ("s1", "contradiction", "there is no such thing", AugmentStage.CheckCaption),
            ("s2", "insufficient", "there is no such thing", AugmentStage.CheckCaption),
        ]);
        rejected[1].Prompt.ShouldStartWith("a picture ");
    }

    [Fact]
    public async Task ARunThatIsStopped_WaitsForWhatItPays_AndGoesOnWithoutPayingAgain_ToTheSameBytes()
    {
        using var folder = new AugmentFolder(20);
        using var stop = new CancellationTokenSource();
        var asked = 0;
        await using (var endpoint = await Endpoint(_ =>
        {
            if (Interlocked.Increment(ref asked) == 13)
                stop.Cancel();
            return Good;
        }))
        {
            await Should.ThrowAsync<OperationCanceledException>(() => Run(folder, endpoint, folder.Options(concurrency: 6), Time, stop.Token));
            File.ReadLines(folder.Log).Count().ShouldBe(endpoint.Billed);
            File.Exists(folder.At("out/pool.jsonl")).ShouldBeFalse();
            var report = await Run(folder, endpoint, folder.Options(concurrency: 6));
            (report.Answered + report.FromLog, endpoint.Billed).ShouldBe((40, 40));
            endpoint.Usable.Values.ShouldAllBe(count => count == 1);
        }

        var interrupted = await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"));
        Directory.Delete(folder.At("out"), recursive: true);
        await using var undisturbed = await Endpoint(_ => Good);
        await Run(folder, undisturbed, folder.Options(concurrency: 1));
        (await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"))).ShouldBe(interrupted);
    }

    [Fact]
    public async Task ATornLastLine_CostsThatAnswerAlone()
    {
        using var folder = new AugmentFolder(5);
        await using var endpoint = await Endpoint(_ => Good);
        await Run(folder, endpoint);
        var before = await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"));
        var log = await File.ReadAllBytesAsync(folder.Log);
        await File.WriteAllBytesAsync(folder.Log, log[..^20]);
        var report = await Run(folder, endpoint);
        (report.Torn, report.Answered, report.FromLog, endpoint.Billed).ShouldBe((true, 1, 9, 11));
        endpoint.Usable.Values.Order().ShouldBe([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
        (await File.ReadAllBytesAsync(folder.At("out/pool.jsonl"))).ShouldBe(before);
        (await Run(folder, endpoint)).Torn.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABudget_IsNeverOverrun_AndMoreOfItGoesOn(bool money)
    {
        using var folder = new AugmentFolder(30);
        await using var endpoint = await Endpoint(_ => Good);
        // 450 tokens an answer; 30 samples need 60 answers.
        var account = money ? new AccountOptions { InputPrice = 1, OutputPrice = 10, Money = 0.0009m * 25 } : new() { Tokens = 450 * 25 };
        var report = await Run(folder, endpoint, folder.Options(concurrency: 8) with { Account = account });
        report.BudgetReached.ShouldBeTrue();
        endpoint.Billed.ShouldBe(report.Answered);
        // What is reserved is more than what an answer costs, so that the last few do not fit.
        report.Answered.ShouldBeInRange(10, 25);
        report.Count(SampleState.Open).ShouldBeGreaterThan(0);
        folder.Completed().Count.ShouldBe(30);
        report = await Run(folder, endpoint, folder.Options(concurrency: 8));
        (report.Count(SampleState.Completed), endpoint.Billed, report.BudgetReached).ShouldBe((30, 60, false));
    }

    [Fact]
    public async Task AWrongKey_StopsAtOnce()
    {
        using var folder = new AugmentFolder(40);
        await using var endpoint = await Endpoint(_ => EndpointBehaviour.Fails(401));
        var fault = await Should.ThrowAsync<AnnotatorException>(() => Run(folder, endpoint));
        fault.Message.ShouldBe($"{endpoint.Url} does not accept the key (401: told to answer 401); set OPENAI_API_KEY to one that may use model-1");
        endpoint.Requests.ShouldBeLessThanOrEqualTo(4);
        new FileInfo(folder.Log).Length.ShouldBe(0);
    }

    [Fact]
    public async Task AQuotaThatIsUsedUp_StopsAtOnce_AndNothingIsLost()
    {
        using var folder = new AugmentFolder(20);
        var asked = 0;
        var empty = true;
        await using var endpoint = await Endpoint(_ => Interlocked.Increment(ref asked) > 10 && empty ? EndpointBehaviour.Fails(429) with { Code = "insufficient_quota" } : Good);
        (await Should.ThrowAsync<AnnotatorException>(() => Run(folder, endpoint))).Message.ShouldContain("quota");
        File.ReadLines(folder.Log).Count().ShouldBe(endpoint.Billed);
        empty = false;
        (await Run(folder, endpoint)).Count(SampleState.Completed).ShouldBe(20);
        endpoint.Usable.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task ASampleThatFailsForEver_IsGivenUp_AndOneThatIsNotAccepted_Rejected_WhileTheOthersGoOn()
    {
        using var folder = new AugmentFolder(12);
        var ill = true;
        await using var endpoint = await Endpoint(request => IdOf(request) switch
        {
            4 when ill => EndpointBehaviour.Fails(502),
            5 => EndpointBehaviour.Fails(400),
            _ => Good,
        });
        var report = await Run(folder, endpoint, folder.Options() with { Attempts = 3 });
        (report.Count(SampleState.Completed), report.Count(SampleState.GivenUp), report.Rejected["unacceptable"]).ShouldBe((10, 1, 1));
        report.GivenUp.ShouldBe($"{endpoint.Url} answers 502: told to answer 502, 3 times");
        ill = false;
        (await Run(folder, endpoint)).Count(SampleState.Completed).ShouldBe(11);
        endpoint.Usable.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task AnEndpointThatFailsForAll_IsLeftInPeace()
    {
        using var folder = new AugmentFolder(100);
        await using var endpoint = await Endpoint(_ => EndpointBehaviour.Fails(503));
        var fault = await Should.ThrowAsync<AnnotatorException>(() => Run(folder, endpoint, folder.Options() with { Attempts = 2 }));
        fault.Message.ShouldStartWith("8 samples in a row failed, the last one so: ");
        endpoint.Requests.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task AWaitThatIsTooLong_StopsTheRun()
    {
        using var folder = new AugmentFolder(2);
        await using var endpoint = await Endpoint(_ => EndpointBehaviour.Fails(429, "7200"));
        (await Should.ThrowAsync<AnnotatorException>(() => Run(folder, endpoint))).Message.ShouldEndWith("it asks to wait 120 minutes, longer than this run does; run it again then");
    }

    private static EndpointBehaviour Good { get; } = new(EndpointMood.Answer);

    private static Task<MisbehavingEndpoint> Endpoint(Func<EndpointRequest, EndpointBehaviour> behaviour) => MisbehavingEndpoint.Start(behaviour, TimeProvider.System);

    private static async Task<AugmentReport> Run(AugmentFolder folder, MisbehavingEndpoint endpoint, AugmentOptions? options = null, TimeProvider? time = null, CancellationToken stop = default)
    {
        using var annotator = AugmentFolder.Annotator(endpoint, time ?? Time);
        return await Augmentation.Run(options ?? folder.Options(), annotator, time ?? Time, null, stop);
    }

    // The number of the sample, from its question.
    private static int IdOf(EndpointRequest request) => int.Parse(request.Text.Split("How many ")[1].Split('?')[0]);
}
