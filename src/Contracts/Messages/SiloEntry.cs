using MessagePack;

namespace PairUni.Contracts;

/// <summary>A process of the cluster, as the register knows it.</summary>
[MessagePackObject]
public sealed record SiloEntry
{
    /// <summary>Name of the silo; workers are named after it.</summary>
    [Key(0)]
    public required string Name { get; init; }

    /// <summary>A number that no other process has.</summary>
    [Key(1)]
    public required string Instance { get; init; }

    /// <summary>Where other silos reach it: address:port.</summary>
    [Key(2)]
    public required string Address { get; init; }

    /// <summary>rollout, reward, learner.</summary>
    [Key(3)]
    public required string[] Roles { get; init; }

    /// <summary>Rollout workers in it.</summary>
    [Key(4)]
    public required int Devices { get; init; }

    /// <summary>The actor engine that it runs on.</summary>
    [Key(5)]
    public required string Engine { get; init; }

    /// <summary>Identity of its program and native library.</summary>
    [Key(6)]
    public required string Fingerprint { get; init; }

    /// <summary>Address and port of its HTTP endpoints; empty for none.</summary>
    [Key(7)]
    public required string Http { get; init; }

    /// <summary>When it joined, by the register's clock.</summary>
    [Key(8)]
    public required DateTimeOffset Joined { get; init; }

    /// <summary>What keeps workers of it from work, such as another model than the run's; a sentence each.</summary>
    [Key(9)]
    public required string[] Troubles { get; init; }
}
