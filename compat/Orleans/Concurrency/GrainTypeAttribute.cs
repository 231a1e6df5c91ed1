using Orleans.Runtime;

namespace Orleans;

/// <summary>On a class: its name in grain identities.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    /// <summary>That name.</summary>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
