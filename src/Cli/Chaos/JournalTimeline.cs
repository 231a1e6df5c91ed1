using System.Globalization;
using System.Text.Json;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Chaos;

/// <summary>A run's journal with the moments at which its lines were written; may be read while it grows.</summary>
internal sealed record JournalTimeline(IReadOnlyList<(DateTimeOffset At, JournalEntry Entry)> Lines)
{
    /// <summary>The last version that was published; -1 for none.</summary>
    public int Version => Lines.Where(l => l.Entry.Kind == JournalKind.Published).Select(l => l.Entry.Version!.Value).LastOrDefault(-1);

    /// <summary>Reads the whole lines of a journal; none if there is no file yet.</summary>
    public static JournalTimeline Read(string path) => new JournalTail(path).Look();

    /// <summary>Reads one line.</summary>
    public static (DateTimeOffset At, JournalEntry Entry) Line(string line) => (Time(line), JournalLine.Read(line));

    /// <summary>When the next version was published after a moment; nothing when none was.</summary>
    public DateTimeOffset? NextVersion(DateTimeOffset after) => First(after, e => e.Kind == JournalKind.Published);

    /// <summary>When a line was written after a moment that meets a condition; nothing when none was.</summary>
    public DateTimeOffset? First(DateTimeOffset after, Func<JournalEntry, bool> condition) =>
        Lines.Where(l => l.At > after && condition(l.Entry)).Select(l => (DateTimeOffset?)l.At).FirstOrDefault();

    private static DateTimeOffset Time(string line)
    {
        using var json = JsonDocument.Parse(line);
        return DateTimeOffset.Parse(json.RootElement.GetProperty("t").GetString()!, CultureInfo.InvariantCulture);
    }
}
