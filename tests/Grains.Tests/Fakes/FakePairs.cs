using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class FakePairs : IPairSource
{
    public int Count => 10;

    public Func<int, string?> Fault { get; set; } = _ => null;

    public PairWork Get(int step, int slot) => Fault(step) is { } fault ? throw new IOException(fault) : new(Specs.Group(step, slot, TaskKind.Generate), Specs.Group(step, slot, TaskKind.Understand));
}
