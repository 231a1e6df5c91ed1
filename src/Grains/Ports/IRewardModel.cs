using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Values samples; may be called by several callers at once.</summary>
public interface IRewardModel
{
    /// <summary>The name that options and metrics use.</summary>
    string Name { get; }

    /// <summary>[G] finite values, in the order of the samples. An exception fails the group with its message.</summary>
    Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken);
}
