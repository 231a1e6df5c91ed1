using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Makes them known to the grains; the host does not dispose what it did not make.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Engines);
        services.AddSingleton(Trainer);
        services.AddSingleton(Pairs);
        services.AddSingleton(Groups);
        services.AddSingleton(Journal);
        foreach (var reward in Rewards) services.AddSingleton(reward);
    }

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
