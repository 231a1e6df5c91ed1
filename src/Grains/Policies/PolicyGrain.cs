using Orleans;
using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Version and manifests of the policy of the run that its key names.</summary>
[KeepAlive]
public sealed class PolicyGrain([PersistentState("policy", GrainStorage.Name)] IPersistentState<PolicyState> state) : Grain, IPolicyGrain
{
    /// <summary>Versions whose manifests are kept; weight stores keep the chunks of as many.</summary>
    public const int Kept = 3;

    public async Task Publish(PolicyPublished published, CancellationToken cancellationToken)
    {
        var older = state.State.Recent.Where(p => p.Version < published.Version);
        state.State.Recent = [.. older.TakeLast(Kept - 1), published];
        await state.WriteStateAsync();
    }

    public Task<PolicyPublished?> Current(CancellationToken cancellationToken) => Task.FromResult(state.State.Recent.LastOrDefault());

    public Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken) =>
        Task.FromResult(Array.Find(state.State.Recent, p => p.Version == version)?.Manifest);
}
