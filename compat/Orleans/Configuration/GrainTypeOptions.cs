namespace Orleans.Configuration;

/// <summary>What a silo hosts.</summary>
public class GrainTypeOptions
{
    /// <summary>Grain classes; all of the application's unless removed.</summary>
    public HashSet<Type> Classes { get; } = [];

    /// <summary>Grain interfaces; all of the application's.</summary>
    public HashSet<Type> Interfaces { get; } = [];
}
