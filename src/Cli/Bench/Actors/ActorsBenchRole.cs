namespace PairUni.Cli.Bench.Actors;

/// <summary>What a silo of the bench is there for.</summary>
internal enum ActorsBenchRole
{
    /// <summary>Hosts the grains that are called, until it is killed.</summary>
    Host,

    /// <summary>Calls them, measures, kills the other silo and waits until it is declared dead.</summary>
    Caller,
}
