using Orleans;

namespace PairUni.Contracts;

/// <summary>Scores groups with one reward. Key: the reward's name. Stateless: as many at once as there is work.</summary>
public interface IRewardGrain : IGrainWithStringKey
{
    /// <summary>The value of each sample, or why there is none; a reward that throws is an answer, not an error of the call.</summary>
    [ResponseTimeout("00:10:00")]
    Task<RewardScored> Score(ScoreGroup request, CancellationToken cancellationToken);
}
