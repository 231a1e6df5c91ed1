using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>What a silo does for the cluster: which grain classes it hosts.</summary>
[Flags]
public enum SiloRole
{
    None = 0,

    /// <summary>Generates groups.</summary>
    Rollout = 1,

    /// <summary>Scores them.</summary>
    Reward = 2,

    /// <summary>Owns runs, trains and publishes, and holds the register. Needs the folder of the runs.</summary>
    Learner = 4,
}

/// <summary>Reads roles and knows their grains.</summary>
public static class SiloRoles
{
    /// <summary>All that there are.</summary>
    public const SiloRole All = SiloRole.Rollout | SiloRole.Reward | SiloRole.Learner;

    private static readonly (SiloRole Role, Type[] Grains)[] Hosts =
    [
        (SiloRole.Rollout, [typeof(RolloutGrain)]),
        (SiloRole.Reward, [typeof(RewardGrain)]),
        (SiloRole.Learner, [typeof(RunsGrain), typeof(RunGrain), typeof(LearnerGrain), typeof(PolicyGrain)]),
    ];

    /// <summary>Reads "rollout,reward".</summary>
    /// <exception cref="UserErrorException">A word is not a role, or there is none.</exception>
    public static SiloRole Parse(string text)
    {
        var role = SiloRole.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            role |= Names(All).Contains(word)
                ? Enum.Parse<SiloRole>(word, ignoreCase: true)
                : throw new UserErrorException($"--roles {text}: there is no role '{word}'; give rollout, reward, learner or several of them with commas between.");
        }

        return role != SiloRole.None ? role : throw new UserErrorException("--roles: name at least one of rollout, reward, learner.");
    }

    /// <summary>The words of a set of roles.</summary>
    public static string[] Names(SiloRole roles) => [.. Hosts.Where(h => roles.HasFlag(h.Role)).Select(h => h.Role.ToString().ToLowerInvariant())];

    /// <summary>The grain classes that a silo without the others hosts.</summary>
    public static IReadOnlyList<Type> Hosted(SiloRole roles) => [.. Hosts.Where(h => roles.HasFlag(h.Role)).SelectMany(h => h.Grains)];

    /// <summary>The grain classes of the roles that a silo does not have.</summary>
    public static IReadOnlyList<Type> NotHosted(SiloRole roles) => [.. Hosts.Where(h => !roles.HasFlag(h.Role)).SelectMany(h => h.Grains)];
}
