namespace PairUni.Grains.Tests;

/// <summary>What outlives a process: checkpoint, stored groups, journal.</summary>
internal sealed class World
{
    public FakeTrainer.Disk Disk { get; } = new();

    public MemoryGroupStore Groups { get; } = new();

    public MemoryJournal Journal { get; } = new();
}
