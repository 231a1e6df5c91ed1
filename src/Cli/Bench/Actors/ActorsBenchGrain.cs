using Orleans;

namespace PairUni.Cli.Bench.Actors;

internal sealed class ActorsBenchGrain : Grain, IActorsBenchGrain
{
    public Task<int> Echo(int number) => Task.FromResult(number);
}
