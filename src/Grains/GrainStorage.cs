namespace PairUni.Grains;

/// <summary>The storage provider of the grains' state.</summary>
public static class GrainStorage
{
    /// <summary>The name under which the host registers it.</summary>
    public const string Name = "pairuni";
}
