using Orleans;

namespace PairUni.Cli.Bench.Actors;

/// <summary>Answers with what it was given.</summary>
internal interface IActorsBenchGrain : IGrainWithStringKey
{
    Task<int> Echo(int number);
}
