using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Asks every reward of a group's task and adds them up. A reward that fails, fails the group with its reason.</summary>
public sealed class GroupScoring(IReadOnlyList<RewardSpec> rewards, Func<string, IRewardGrain> rewardOf)
{
    public async Task<GroupScored> Score(GroupSpec spec, GeneratedGroup group, CancellationToken cancellationToken)
    {
        var asked = rewards.Where(r => r.Task == group.Key.Task).ToArray();
        if (asked.Length == 0) return Failed(group.Key, $"no reward is configured for the task {group.Key.Task}");
        var answers = await Task.WhenAll(asked.Select(r => Ask(r, spec, group, cancellationToken)));
        if (answers.FirstOrDefault(a => a.Failure is not null) is { } failed)
            return Failed(group.Key, $"reward '{failed.Name}' failed: {failed.Failure}");
        RewardPart[] parts =
            [.. asked.Zip(answers, (r, a) => new RewardPart { Name = r.Name, Weight = r.Weight, Values = a.Values })];
        return new()
        {
            Key = group.Key,
            Rewards = RewardSum.Of([.. parts.Select(p => new RewardTerm(p.Name, p.Weight, p.Values))]),
            Parts = parts,
        };
    }

    private Task<RewardScored> Ask(RewardSpec reward, GroupSpec spec, GeneratedGroup group, CancellationToken cancellationToken) =>
        rewardOf(reward.Name).Score(
            new() { Key = group.Key, Mode = reward.Mode, Spec = spec, Samples = group.Samples }, cancellationToken);

    private static GroupScored Failed(GroupKey key, string reason) => new() { Key = key, Rewards = [], Parts = [], Failure = reason };
}
