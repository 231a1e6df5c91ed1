namespace Orleans;

/// <summary>Runs around calls that a silo makes.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Does its work and calls <see cref="IGrainCallContext.Invoke"/> to go on.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}
