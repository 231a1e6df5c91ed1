using System.Text;
using PairUni.Contracts;

namespace PairUni.Cli.Chaos;

/// <summary>Follows a journal that another process writes: each look reads only what is new.</summary>
internal sealed class JournalTail(string path)
{
    private readonly List<(DateTimeOffset At, JournalEntry Entry)> _lines = [];
    private long _read;

    /// <summary>All whole lines so far.</summary>
    public JournalTimeline Look()
    {
        if (!File.Exists(path)) return new(_lines);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // A process that comes up cuts a torn line off, and nothing else.
        file.Seek(_read, SeekOrigin.Begin);
        var bytes = new byte[Math.Max(0, file.Length - _read)];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var whole = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries)) _lines.Add(JournalTimeline.Line(line));
        _read += whole;
        return new(_lines);
    }
}
