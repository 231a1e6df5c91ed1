using MessagePack;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Whether two specs say the same.</summary>
public static class SpecComparison
{
    public static bool Same(RunSpec? one, RunSpec? other) =>
        one is not null && other is not null
        && MessagePackSerializer.Serialize(one).AsSpan().SequenceEqual(MessagePackSerializer.Serialize(other));
}
