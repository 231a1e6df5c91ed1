using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>Refuses to go on with a log whose answers were given to something else, because all would be paid anew.</summary>
internal static class LogCheck
{
    /// <exception cref="DataFileException">Samples, prompts or the model are others.</exception>
    public static void Fits(IReadOnlyList<LogEntry> entries, IReadOnlyList<PoolSample> pool, IAnnotator annotator, string path)
    {
        const string Remedy = "give another --out, or --accept-changes to use what still fits and ask the rest anew.";
        var samples = pool.Select(Inquiry.DigestOf).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Model != annotator.Model)
                throw new DataFileException($"{path}: the answers are those of {entry.Model}, not of {annotator.Model}; {Remedy}");
            if (annotator.PromptVersion(entry.Stage) is var version && entry.Prompt != version)
                throw new DataFileException($"{path}: the answers were given to the prompt {entry.Prompt}, which is now {version}; {Remedy}");
            if (!samples.Contains(entry.Sample))
                throw new DataFileException($"{path}: the log has an answer about the sample \"{entry.Id}\", which the pool lacks or has otherwise; {Remedy}");
        }
    }
}
