using MessagePack;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What a <see cref="RunGrain"/> stores; leases and the state of groups are rebuilt from the learner.</summary>
[MessagePackObject]
public sealed class RunState
{
    [Key(0)]
    public RunSpec? Spec { get; set; }

    [Key(1)]
    public RunPhase Phase { get; set; }

    /// <summary>Why the run failed or is about to; empty otherwise.</summary>
    [Key(2)]
    public string Error { get; set; } = "";

    /// <summary>Whether that is something that the person can mend.</summary>
    [Key(3)]
    public bool UserError { get; set; }

    /// <summary>Whether a stop saves.</summary>
    [Key(4)]
    public bool Save { get; set; }

    /// <summary>Whether no group is handed out because a person said so.</summary>
    [Key(5)]
    public bool Paused { get; set; }

    /// <summary>Steps done when the run ended.</summary>
    [Key(6)]
    public int Version { get; set; }
}
