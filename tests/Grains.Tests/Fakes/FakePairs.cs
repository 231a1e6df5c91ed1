using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class FakePairs : IPairSource
{
    public int Count => 10;

    public PairWork Get(int step, int slot) => new(Specs.Group(step, slot, TaskKind.Generate), Specs.Group(step, slot, TaskKind.Understand));
}
