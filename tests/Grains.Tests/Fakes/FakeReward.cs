using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class FakeReward : IRewardModel
{
    public string Name => "fake";

    public Func<ScoreGroup, string?> Fault { get; set; } = _ => null;

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken) => Fault(request) is { } fault
        ? throw new InvalidOperationException(fault)
        : Task.FromResult(request.Samples.Select(s => (float)(s.Tokens[0] % 2)).ToArray());
}
