using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Silo;

/// <summary>What of a run's options its grains must know.</summary>
public static class RunSpecs
{
    private static readonly TimeSpan ShortestStall = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestGroup = TimeSpan.FromMinutes(10);

    /// <param name="options">The options.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="attempt">How often it was submitted or resumed in its cluster; 0 in one process.</param>
    public static RunSpec Of(RunOptions options, string run, int attempt = 0)
    {
        var lease = TimeSpan.FromSeconds(options.Rollout.LeaseSeconds);
        return new()
        {
            Run = run,
            MaxSteps = options.Learner.MaxSteps,
            PairsPerStep = options.Learner.PairsPerStep,
            MaxLag = options.Rollout.MaxLag,
            LeaseDuration = lease,
            CheckpointEvery = options.Checkpoint.Every,
            GroupsPerClaim = options.Rollout.GroupsPerClaim,
            Rewards =
            [
                .. options.Reward.Generate.Select(r => Reward(TaskKind.Generate, r)),
                .. options.Reward.Understand.Select(r => Reward(TaskKind.Understand, r)),
            ],
            Attempt = attempt,
            GroupLimit = lease * 10 > LongestGroup ? lease * 10 : LongestGroup,
            StallLimit = lease * 20 > ShortestStall ? lease * 20 : ShortestStall,
        };
    }

    private static RewardSpec Reward(TaskKind task, RewardPartOptions part) =>
        new() { Task = task, Name = part.Name, Weight = part.Weight, Mode = part.Mode };
}
