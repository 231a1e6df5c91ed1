namespace Orleans;

/// <summary>Runs around calls that reach grains; a grain class may be one for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Does its work and calls <see cref="IGrainCallContext.Invoke"/> to go on.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}
