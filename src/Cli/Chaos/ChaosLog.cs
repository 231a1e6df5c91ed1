using System.Globalization;

namespace PairUni.Cli.Chaos;

/// <summary>What happened in a chaos run, with its time, in a file and on the console; and what must not have happened.</summary>
internal sealed class ChaosLog(string file, TextWriter output, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<string> _findings = [];
    private readonly long _started = time.GetTimestamp();

    /// <summary>What must not have happened, one sentence each.</summary>
    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock) return [.. _findings];
        }
    }

    /// <summary>Writes a line.</summary>
    public void Say(string sentence)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm:ss.fff} {sentence}\n"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_started).TotalSeconds,6:0.0} s  {sentence}"));
        }
    }

    /// <summary>Records what must not have happened.</summary>
    public void Find(string sentence)
    {
        lock (_lock) _findings.Add(sentence);
        Say($"FOUND: {sentence}");
    }
}
