using Orleans;
using Orleans.Concurrency;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Scores groups with the reward that its key names.</summary>
[StatelessWorker]
public sealed class RewardGrain(IRunServices runs) : Grain, IRewardGrain
{
    public async Task<RewardScored> Score(ScoreGroup request, CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        var model = await runs.Reward(request.Key.Run, name, cancellationToken);
        return model is null
            ? new() { Name = name, Values = [], Failure = $"there is no reward named '{name}' in this process" }
            : await CheckedReward.Score(model, request, cancellationToken);
    }
}
