namespace PairUni.Grains;

/// <summary>Finds out whether a process is still there, when another one comes under its name.</summary>
public interface ISiloProbe
{
    /// <summary>True when something answers at the address, false when it refuses, nothing when there is no answer at all.</summary>
    Task<bool?> Answers(string address, CancellationToken cancellationToken);
}
