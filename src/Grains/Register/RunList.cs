using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Grains;

/// <summary>Which runs a cluster has, and which requests about them make sense: what <see cref="RunsGrain"/> decides, without any actor.</summary>
public static class RunList
{
    /// <summary>Finished runs that are remembered.</summary>
    public const int Remembered = 100;

    /// <summary>Why a submission is refused; empty when it is not.</summary>
    public static string Refusal(IReadOnlyList<RunEntry> runs, SubmitRun submission)
    {
        if (submission.Protocol != Protocol.Version)
            return $"The cluster speaks version {Protocol.Version} of the protocol, this pairuni version {submission.Protocol}; use the build that the silos run.";
        return (Find(runs, submission.Name), submission.Mode) switch
        {
            ({ Phase: RunPhase.Running }, _) =>
                $"The run '{submission.Name}' was submitted already and goes on; watch it, or stop it first, or choose another --name.",
            ({ } known, SubmitMode.New) =>
                $"The run '{submission.Name}' was submitted already ({known.Phase.ToString().ToLowerInvariant()}); choose another --name, or give --resume to go on or --overwrite to begin again.",
            _ => "",
        };
    }

    /// <summary>The list with a granted submission in it.</summary>
    public static RunEntry[] With(IReadOnlyList<RunEntry> runs, SubmitRun submission, DateTimeOffset now)
    {
        var entry = new RunEntry
        {
            Name = submission.Name,
            Options = submission.Options,
            Attempt = (Find(runs, submission.Name)?.Attempt ?? 0) + 1,
            Wish = RunWish.Run,
            Phase = RunPhase.Running,
            Error = "",
            Submitted = now,
        };
        var others = runs.Where(r => r.Name != submission.Name).ToArray();
        var forgotten = others.Where(r => r.Phase != RunPhase.Running).SkipLast(Remembered).ToHashSet();
        return [.. others.Where(r => !forgotten.Contains(r)), entry];
    }

    /// <summary>The list after somebody wished something of a run; the refusal is empty when it was granted.</summary>
    public static (RunEntry[] Runs, string Refusal) Wish(RunEntry[] runs, string name, RunWish wish)
    {
        if (Find(runs, name) is not { } run)
            return (runs, $"There is no run '{name}' in this cluster; pairuni status lists them.");
        if (run.Phase != RunPhase.Running)
            return (runs, $"The run '{name}' is over ({run.Phase.ToString().ToLowerInvariant()}); go on with it by: pairuni submit --name {name} --resume.");
        return ([.. runs.Select(r => r == run ? run with { Wish = wish } : r)], "");
    }

    /// <summary>The list after settings of a run were changed; the refusal is empty when that was granted.</summary>
    public static (RunEntry[] Runs, string Refusal) Change(RunEntry[] runs, string name, RunChange change)
    {
        if (Find(runs, name) is not { Phase: RunPhase.Running } run)
            return (runs, $"There is no run '{name}' that goes on in this cluster; pairuni status lists them.");
        try
        {
            var options = RunOptionsJson.Write(RunOptionsJson.Read(run.Options).With(change));
            return ([.. runs.Select(r => r == run ? run with { Options = options } : r)], "");
        }
        catch (UserErrorException fault)
        {
            return (runs, fault.Message);
        }
    }

    /// <summary>The list after a run came to its end; a word about an earlier attempt changes nothing.</summary>
    public static RunEntry[] Ended(RunEntry[] runs, RunEntry ended) =>
        [.. runs.Select(r => r.Name == ended.Name && r.Attempt == ended.Attempt ? r with { Phase = ended.Phase, Error = ended.Error } : r)];

    private static RunEntry? Find(IReadOnlyList<RunEntry> runs, string name) => runs.FirstOrDefault(r => r.Name == name);
}
