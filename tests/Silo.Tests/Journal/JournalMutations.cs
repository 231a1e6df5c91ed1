using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

/// <summary>Each breaks one rule of a journal that holds; null when there is nothing in it to break that way.</summary>
internal static class JournalMutations
{
    public delegate List<JournalEntry>? Mutation(MadeUpRun run, Random chance);

    public static IReadOnlyDictionary<string, (JournalRule Rule, Mutation Apply)> All { get; } = new Dictionary<string, (JournalRule, Mutation)>
    {
        ["a planned line is lost"] = (JournalRule.PlannedFirst, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Without(run, e => e.Kind == JournalKind.Planned && e.Key == run.Journal[i].Key) : null),
        ["everything about a group is lost"] = (JournalRule.PlannedWhole, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Without(run, e => e.Key == run.Journal[i].Key) : null),
        ["a group is leased too early"] = (JournalRule.NotAhead, (run, chance) =>
            With(run, Where(run, e => e.Kind == JournalKind.Claimed), chance, e => e with { Version = e.Key!.Value.Step - 2 - run.MaxLag })),
        ["a group is planned too early"] = (JournalRule.NotAhead, (run, chance) =>
            After(run, Where(run, e => e.Kind == JournalKind.Published), chance, e => new() { Kind = JournalKind.Planned, Run = e.Run, Key = new(e.Run, run.Steps + 9, 0, TaskKind.Generate) })),
        ["a group is accepted twice"] = (JournalRule.AcceptedOnce, (run, chance) =>
            After(run, Where(run, IsAccepted), chance, e => e)),
        ["a group is accepted after its step"] = (JournalRule.AcceptedOnce, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Moved(run, run.Journal.FindLastIndex(i, e => IsAccepted(e) && e.Key == run.Journal[i].Key), PublishedAfter(run, i)) : null),
        ["an accepted offer is lost"] = (JournalRule.TrainedIfAccepted, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Without(run, e => IsAccepted(e) && e.Key == run.Journal[i].Key) : null),
        ["a group is trained twice"] = (JournalRule.TrainedOnce, (run, chance) =>
            After(run, Counting(run, JournalKind.Trained), chance, e => e)),
        ["a group is trained again a step later"] = (JournalRule.TrainedOnce, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Copied(run, i, PublishedAfter(run, i)) : null),
        ["a group is trained into another version"] = (JournalRule.TrainedInOrder, (run, chance) =>
            With(run, Counting(run, JournalKind.Trained), chance, e => e with { Version = e.Version + 1 })),
        ["a dropped group is trained"] = (JournalRule.TrainedOrDropped, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Inserted(run, i, run.Journal[i] with { Kind = JournalKind.Dropped, Version = null, Reason = "why not" }) : null),
        ["a trained group is dropped"] = (JournalRule.TrainedOrDropped, (run, chance) =>
            After(run, Counting(run, JournalKind.Trained), chance, e => e with { Kind = JournalKind.Dropped, Version = null, Reason = "why not" })),
        ["a reason is lost"] = (JournalRule.DroppedWithReason, (run, chance) =>
            With(run, Where(run, e => e.Kind == JournalKind.Dropped), chance, e => e with { Reason = null })),
        ["a group is not trained"] = (JournalRule.NoneLeftBehind, (run, chance) =>
            Pick(Counting(run, JournalKind.Trained), chance) is { } i ? Without(run, i) : null),
        ["a group is not dropped"] = (JournalRule.NoneLeftBehind, (run, chance) =>
            Pick(Counting(run, JournalKind.Dropped), chance) is { } i ? Without(run, e => e.Kind == JournalKind.Dropped && e.Key == run.Journal[i].Key) : null),
        ["a group is too old"] = (JournalRule.LagBounded, (run, chance) => Remade(run, chance, key => key.Step - 2 - run.MaxLag)),
        ["a group comes from the future"] = (JournalRule.LagBounded, (run, chance) => Remade(run, chance, key => key.Step)),
        ["a version is skipped"] = (JournalRule.VersionsInOrder, (run, chance) =>
            With(run, NewVersions(run), chance, e => e with { Version = e.Version + 1 })),
        ["a version goes back"] = (JournalRule.VersionsInOrder, (run, chance) =>
            After(run, NewVersions(run), chance, e => e with { Version = e.Version - 1 })),
        ["a version is published twice"] = (JournalRule.VersionsInOrder, (run, chance) =>
            After(run, NewVersions(run), chance, e => e)),
        ["a commit is forgotten"] = (JournalRule.RestoredFromCommitted, (run, chance) =>
            With(run, Where(run, e => e.Kind == JournalKind.Restored && e.Version > 0), chance, e => e with { Version = e.Version - 1 })),
        ["a version is restored that nobody made"] = (JournalRule.RestoredFromCommitted, (run, chance) =>
            With(run, [.. Where(run, e => e.Kind == JournalKind.Restored).Skip(1)], chance, e => e with { Version = run.Steps + 1 })),
        ["a restored version has other weights"] = (JournalRule.SameVersionSameWeights, (run, chance) =>
            With(run, [.. Restored(run).Skip(1).Select(i => i + 1)], chance, e => e with { Digest = "other" })),
        ["an epoch is used again"] = (JournalRule.EpochsInOrder, (run, chance) =>
            With(run, [.. Restored(run).Skip(1).Where(i => run.Journal[i].Epoch is not null)], chance, e => e with { Epoch = e.Epoch - 1 })),
        ["an epoch writes that never began"] = (JournalRule.EpochsInOrder, (run, chance) =>
            With(run, [.. Counting(run, JournalKind.Trained).Where(i => run.Journal[i].Epoch is not null)], chance, e => e with { Epoch = e.Epoch + 1 })),
        ["weights are not verified"] = (JournalRule.VerifiedBeforeUse, (run, chance) =>
            Pick(Where(run, IsAccepted), chance) is { } i ? Without(run, e => e.Kind == JournalKind.Verified && e.Worker == run.Journal[i].Worker && e.Version == run.Journal[i].Version) : null),
        ["weights are verified too late"] = (JournalRule.VerifiedBeforeUse, (run, chance) =>
            Pick(Where(run, e => e.Kind == JournalKind.Verified), chance) is { } i ? Moved(run, i, run.Journal.Count - 1) : null),
        ["other weights are verified"] = (JournalRule.VerifiedBeforeUse, (run, chance) =>
            Pick(Where(run, IsAccepted), chance) is { } i ? [.. run.Journal.Select(e => e.Kind == JournalKind.Verified && e.Worker == run.Journal[i].Worker ? e with { Digest = "other" } : e)] : null),
    };

    private static bool IsAccepted(JournalEntry entry) => entry is { Kind: JournalKind.Offered, Reason: "accepted" };

    private static int[] Where(MadeUpRun run, Func<JournalEntry, bool> condition) => [.. Enumerable.Range(0, run.Journal.Count).Where(i => condition(run.Journal[i]))];

    private static int[] Restored(MadeUpRun run) => Where(run, e => e.Kind == JournalKind.Restored);

    private static int Begins(MadeUpRun run, int line) => run.Journal.FindLastIndex(line, e => e.Kind == JournalKind.Restored);

    // Lines of the last activation of the learner: nothing after them makes them void.
    private static int[] Counting(MadeUpRun run, JournalKind kind)
    {
        var from = Restored(run)[^1];
        return Where(run, e => e.Kind == kind && e.Epoch == run.Journal[from].Epoch).Where(i => i > from).ToArray();
    }

    private static int[] NewVersions(MadeUpRun run)
    {
        var from = Restored(run)[^1];
        return [.. Counting(run, JournalKind.Published).Where(i => i > from + 1)];
    }

    private static int PublishedAfter(MadeUpRun run, int line) => run.Journal.FindIndex(line, e => e.Kind == JournalKind.Published);

    private static int? Pick(int[] lines, Random chance) => lines.Length == 0 ? null : lines[chance.Next(lines.Length)];

    private static List<JournalEntry> Without(MadeUpRun run, Func<JournalEntry, bool> condition) => [.. run.Journal.Where(e => !condition(e))];

    private static List<JournalEntry> Without(MadeUpRun run, int line) => [.. run.Journal[..line], .. run.Journal[(line + 1)..]];

    private static List<JournalEntry> Inserted(MadeUpRun run, int line, JournalEntry entry) => [.. run.Journal[..line], entry, .. run.Journal[line..]];

    private static List<JournalEntry> Copied(MadeUpRun run, int from, int after) => Inserted(run, after + 1, run.Journal[from]);

    private static List<JournalEntry>? Moved(MadeUpRun run, int from, int after)
    {
        if (from < 0 || Begins(run, from) != Begins(run, after) && run.Journal[from].Kind != JournalKind.Verified) return null;
        return [.. run.Journal[..from], .. run.Journal[(from + 1)..(after + 1)], run.Journal[from], .. run.Journal[(after + 1)..]];
    }

    private static List<JournalEntry>? With(MadeUpRun run, int[] lines, Random chance, Func<JournalEntry, JournalEntry> change)
    {
        if (Pick(lines, chance) is not { } line) return null;
        List<JournalEntry> changed = [.. run.Journal];
        changed[line] = change(changed[line]);
        return changed;
    }

    private static List<JournalEntry>? After(MadeUpRun run, int[] lines, Random chance, Func<JournalEntry, JournalEntry> next) =>
        Pick(lines, chance) is { } line ? Inserted(run, line + 1, next(run.Journal[line])) : null;

    private static List<JournalEntry>? Remade(MadeUpRun run, Random chance, Func<GroupKey, int> version)
    {
        if (Pick(Counting(run, JournalKind.Trained), chance) is not { } line) return null;
        var key = run.Journal[line].Key!.Value;
        return [.. run.Journal.Select(e => IsAccepted(e) && e.Key == key ? e with { Version = version(key) } : e)];
    }
}
