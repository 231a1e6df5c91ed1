using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>A reward that costs nothing and tells samples apart.</summary>
internal sealed class StubReward(string name) : IRewardModel
{
    public string Name => name;

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Samples.Select((_, i) => (float)(i % 2)).ToArray());
}
