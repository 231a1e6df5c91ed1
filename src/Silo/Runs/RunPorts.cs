using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>The services that the grains of a process work with.</summary>
public sealed record RunPorts : IAsyncDisposable
{
    public required IRolloutEngines Engines { get; init; }

    public required IReadOnlyList<IRewardModel> Rewards { get; init; }

    public required IPolicyTrainer Trainer { get; init; }

    public required IPairSource Pairs { get; init; }

    public required IGroupStore Groups { get; init; }

    public required IJournal Journal { get; init; }

    /// <summary>As the grains see them.</summary>
    public IRunServices Services(IRunObserver observer) => new OneRunServices(
        new()
        {
            Trainer = Trainer,
            Pairs = Pairs,
            Groups = Groups,
            Journal = Journal,
            Observer = observer,
            Fence = new OpenFence(),
        },
        Engines,
        Rewards);

    /// <summary>Disposes those that hold something: threads, models, files.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var port in new object[] { Engines, Trainer, Pairs, Groups, Journal }.Concat(Rewards))
        {
            if (port is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (port as IDisposable)?.Dispose();
        }
    }
}
