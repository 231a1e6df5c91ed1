namespace PairUni.Silo;

/// <summary>Tells how the cluster's runs stand. Only silos with the learner role have it, so that a sum over silos counts no run twice.</summary>
public interface IRunFigures
{
    /// <summary>The running runs; ends within the token's bound.</summary>
    Task<IReadOnlyList<RunFigures>> Read(CancellationToken cancellationToken);
}
