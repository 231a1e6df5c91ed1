using PairUni.Data.Import;
using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>Completes a pool: a caption for each question, or a question for each caption, checked by a second inquiry.</summary>
/// <remarks>
/// <code>
/// pool --> [open samples: 8 x concurrency] --> SampleAugmentation --> AnnotatorCalls --> annotator
///                                                     |                    |
///                                 pool.jsonl, rejected.jsonl         answers.jsonl
/// </code>
/// More samples are open than inquiries under way, so that those that wait before they ask again hold nobody up.
/// </remarks>
public static class Augmentation
{
    /// <summary>Name of the file with the samples that were not completed.</summary>
    public const string RejectedName = "rejected.jsonl";

    private const int OpenPerSlot = 8;

    /// <summary>Completes what the log does not have yet, and writes the pool.</summary>
    /// <param name="done">Told the number of samples done so far.</param>
    /// <exception cref="DataFileException">The pool, an image or the log does not fit, or a file cannot be written.</exception>
    /// <exception cref="AnnotatorException">Asking any further is pointless; the answers so far are in the log.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what was under way was waited for and is in the log.</exception>
    public static async Task<AugmentReport> Run(AugmentOptions options, IAnnotator annotator, TimeProvider time, Action<int>? done = null, CancellationToken stop = default)
    {
        var path = Path.Combine(options.Folder, PoolFile.Name);
        if (Path.GetFullPath(path) == Path.GetFullPath(options.Pool))
            throw new DataFileException($"{options.Pool}: the completed pool needs a folder of its own; give another --out.");
        var pool = PoolFile.Read(options.Pool);
        foreach (var sample in pool)
            Demand(sample, options);
        Directory.CreateDirectory(options.Folder);
        var images = PoolImages.Copy(options.Pool, pool, options.Folder, stop);
        var logPath = Path.Combine(options.Folder, AnswerLog.Name);
        await using var log = AnswerLog.Open(logPath);
        if (!options.AcceptChanges)
            LogCheck.Fits(log.Entries, pool, annotator, logPath);
        KeepPrompts(annotator, options.Folder);
        var account = new Account(options.Account, log.Entries.Aggregate(default(TokenCount), (sum, entry) => sum + new TokenCount(entry.InputTokens, entry.OutputTokens)));
        using var calls = new AnnotatorCalls(options, annotator, log, account, time);
        var results = await All(pool, images, options, new SampleAugmentation(options, annotator, calls), done, stop);
        if (calls.Answered + calls.FromLog == 0 && results.FirstOrDefault(result => result.Rejected is not null)?.Rejected is { } refused)
            throw new AnnotatorException(AnnotatorFault.Fatal, refused.Reason);
        JsonLines.Write(Path.Combine(options.Folder, RejectedName), results.Where(result => result.Rejected is not null).Select(result => result.Rejected));
        PoolFile.Write(path, results.Where(result => !options.OnlyComplete || result.State is SampleState.Completed or SampleState.WasComplete).Select(result => result.Sample));
        return new()
        {
            Path = path,
            Log = logPath,
            Samples = results.CountBy(result => result.State).ToDictionary(),
            Rejected = new SortedDictionary<string, int>(results.Where(result => result.Rejected is not null).CountBy(result => result.Rejected!.Kind).ToDictionary(), StringComparer.Ordinal),
            GivenUp = results.LastOrDefault(result => result.State == SampleState.GivenUp)?.Reason ?? "",
            Answered = calls.Answered,
            FromLog = calls.FromLog,
            Lost = calls.Lost,
            Tokens = account.Spent,
            Cost = options.Account.Price(account.Spent),
            BudgetReached = account.Exhausted,
            Torn = log.Torn,
        };
    }

    private static async Task<AugmentResult[]> All(
        IReadOnlyList<PoolSample> pool, IReadOnlyList<string> images, AugmentOptions options, SampleAugmentation augmentation, Action<int>? done, CancellationToken stop)
    {
        var results = new AugmentResult[pool.Count];
        var (gate, finished) = (new Lock(), 0);
        var together = new ParallelOptions { MaxDegreeOfParallelism = OpenPerSlot * options.Concurrency, CancellationToken = stop };
        await Parallel.ForAsync(0, pool.Count, together, async (i, halt) =>
        {
            results[i] = await augmentation.Complete(pool[i], images[i], halt);
            lock (gate)
                done?.Invoke(++finished);
        });
        return results;
    }

    private static void Demand(PoolSample sample, AugmentOptions options)
    {
        var understand = options.Task == SampleTask.Understand;
        if (understand ? !sample.CanUnderstand : !sample.CanGenerate)
            throw new DataFileException($"{options.Pool}: the sample \"{sample.Id}\" has no {(understand ? "question with its answer" : "caption")}; complete this pool with --task {(understand ? "generate" : "understand")}, or import it with what it has.");
    }

    private static void KeepPrompts(IAnnotator annotator, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "prompts"));
        foreach (var (name, text) in annotator.PromptFiles)
            JsonLines.WriteText(Path.Combine(folder, "prompts", name), text);
    }
}
