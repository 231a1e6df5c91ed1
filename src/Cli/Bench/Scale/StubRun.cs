using PairUni.Contracts;

namespace PairUni.Cli.Bench.Scale;

/// <summary>A run without any model: groups take a set time each, and a step is trained as soon as it is complete, or after a set time.</summary>
internal static class StubRun
{
    public const string Reward = "stub";

    /// <summary>Samples of a group.</summary>
    public const int Samples = 8;

    /// <summary>Tokens of a sample.</summary>
    public const int Tokens = 8;

    public static RunSpec Spec(string run, int pairsPerStep, int maxLag, int maxSteps, int groupsPerClaim = 1) => new()
    {
        Run = run,
        MaxSteps = maxSteps,
        PairsPerStep = pairsPerStep,
        MaxLag = maxLag,
        LeaseDuration = TimeSpan.FromSeconds(12),
        CheckpointEvery = 0,
        GroupsPerClaim = groupsPerClaim,
        Rewards = [Of(TaskKind.Generate), Of(TaskKind.Understand)],
        StallLimit = TimeSpan.FromMinutes(5),
        GroupLimit = TimeSpan.FromMinutes(5),
        Attempt = 1,
    };

    private static RewardSpec Of(TaskKind task) => new() { Task = task, Name = Reward, Weight = 1, Mode = "" };
}
