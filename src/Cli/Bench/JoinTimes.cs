using PairUni.Cli.Chaos;
using PairUni.Contracts;

namespace PairUni.Cli.Bench;

/// <summary>How long a new worker took, phase by phase.</summary>
/// <param name="Joined">Process start until the cluster let the silo in.</param>
/// <param name="Asked">Then until its worker asked for work.</param>
/// <param name="First">Then until its first group was accepted: model, weights, generation, reward.</param>
/// <param name="Group">What its next group took from lease to acceptance.</param>
internal sealed record JoinTimes(TimeSpan Joined, TimeSpan Asked, TimeSpan First, TimeSpan Group)
{
    /// <summary>From the process's start to the first group.</summary>
    public TimeSpan Whole => Joined + Asked + First;

    /// <summary>Reads the times of a worker that delivered two groups from the journal.</summary>
    /// <param name="journal">The run's journal.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="started">When its process was started.</param>
    /// <param name="joinedAt">When its silo said that it had joined.</param>
    public static JoinTimes Of(JournalTimeline journal, string worker, DateTimeOffset started, DateTimeOffset joinedAt)
    {
        var mine = journal.Lines.Where(l => l.Entry.Worker == worker).ToArray();
        var asked = mine.First(l => l.Entry.Kind == JournalKind.Joined).At;
        var groups = mine.Where(l => l.Entry is { Kind: JournalKind.Offered, Reason: "accepted" }).ToArray();
        var second = mine.Last(l => l.Entry.Kind == JournalKind.Claimed && l.Entry.Key == groups[1].Entry.Key);
        return new(joinedAt - started, asked - joinedAt, groups[0].At - asked, groups[1].At - second.At);
    }
}
