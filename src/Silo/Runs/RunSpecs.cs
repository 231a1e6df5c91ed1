using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Silo;

/// <summary>What of a run's options its grains must know.</summary>
public static class RunSpecs
{
    private static readonly TimeSpan ShortestStall = TimeSpan.FromMinutes(10);

    public static RunSpec Of(RunOptions options, string run)
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
            StallLimit = lease * 20 > ShortestStall ? lease * 20 : ShortestStall,
        };
    }

    private static RewardSpec Reward(TaskKind task, RewardPartOptions part) =>
        new() { Task = task, Name = part.Name, Weight = part.Weight, Mode = part.Mode };
}
