namespace Orleans.Runtime;

/// <summary>The activation whose turn this is.</summary>
public interface IGrainContextAccessor
{
    /// <summary>Null outside of a turn.</summary>
    IGrainContext GrainContext { get; }
}
