using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>How the runs of the register stand, as their grains say.</summary>
public sealed class RegisteredRuns(RunCatalog catalog, IGrainFactory grains) : IRunFigures
{
    public async Task<IReadOnlyList<RunFigures>> Read(CancellationToken cancellationToken)
    {
        var going = catalog.Latest.Runs.Where(r => r.Phase == RunPhase.Running).ToArray();
        return await Task.WhenAll(going.Select(async run => new RunFigures(run.Name, await grains.GetGrain<IRunGrain>(run.Name).Status(cancellationToken))));
    }
}
