using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Values every sample alike, at once.</summary>
internal sealed class StubReward : IRewardModel
{
    public string Name => StubRun.Reward;

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken) => Task.FromResult(new float[request.Samples.Length]);
}
