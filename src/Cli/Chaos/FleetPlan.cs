using PairUni.Contracts;

namespace PairUni.Cli.Chaos;

/// <summary>The places of a fleet, each with the roles of the silo that stands there.</summary>
internal sealed record FleetPlan(IReadOnlyList<IReadOnlyList<string>> Slots)
{
    private static readonly string[] Known = ["learner", "reward", "rollout"];

    /// <summary>Every role, and in which places it is.</summary>
    public IEnumerable<(string Role, int[] Slots)> Roles =>
        Known.Select(role => (role, Enumerable.Range(0, Slots.Count).Where(i => Slots[i].Contains(role)).ToArray()));

    /// <summary>The places that the learner may be in.</summary>
    public int[] Learners => Roles.Single(r => r.Role == "learner").Slots;

    /// <summary>Reads places separated by commas, the roles of each by a plus sign: learner+reward,rollout,rollout.</summary>
    /// <exception cref="UserErrorException">A role is unknown, or one is missing.</exception>
    public static FleetPlan Parse(string text)
    {
        var plan = new FleetPlan([.. text.Split(',').Select(slot => (IReadOnlyList<string>)slot.Split('+'))]);
        if (plan.Slots.SelectMany(s => s).FirstOrDefault(r => !Known.Contains(r)) is { } unknown)
            throw new UserErrorException($"--silos: there is no role '{unknown}'; the roles are {string.Join(", ", Known)}, as in learner+reward,rollout,rollout.");
        if (plan.Roles.FirstOrDefault(r => r.Slots.Length == 0).Role is { } missing)
            throw new UserErrorException($"--silos: no silo has the role {missing}; without one no run can go on.");
        return plan;
    }
}
