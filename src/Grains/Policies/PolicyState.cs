using MessagePack;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What a <see cref="PolicyGrain"/> stores.</summary>
[MessagePackObject]
public sealed class PolicyState
{
    /// <summary>The last published versions, the current one last.</summary>
    [Key(0)]
    public PolicyPublished[] Recent { get; set; } = [];
}
