using System.Text.Json.Serialization;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>A grain class that a silo hosts, as the others need to know it. Stored as JSON.</summary>
internal sealed record HostedClass(string Type, string Class, string[] Interfaces, string Placement, int MaxLocal)
{
    [JsonIgnore]
    public GrainType GrainType { get; } = GrainType.Create(Type);

    /// <summary>The rule for new activations.</summary>
    [JsonIgnore]
    public PlacementStrategy Strategy { get; } = Placement switch
    {
        nameof(StatelessWorkerPlacement) => new StatelessWorkerPlacement(MaxLocal, true),
        nameof(PreferLocalPlacement) => new PreferLocalPlacement(),
        nameof(HashBasedPlacement) => new HashBasedPlacement(),
        nameof(RandomPlacement) => new RandomPlacement(),
        _ => new ResourceOptimizedPlacement(),
    };

    public static HostedClass Of(GrainClass one) => new(
        one.GrainType.ToString()!,
        one.Type.FullName!,
        [.. one.Interfaces.Select(type => type.ToString())],
        one.Placement.GetType().Name,
        one.Workers?.MaxLocal ?? 0);

    /// <summary>The simple name of the class.</summary>
    [JsonIgnore]
    public string Name => Class[(Class.LastIndexOfAny(['.', '+']) + 1)..];
}
