using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Data;
using PairUni.Grains;
using PairUni.Modeling;

namespace PairUni.Silo;

/// <summary>What one process has of one attempt of a run; each piece is made, off any grain's turn, when it is first asked for.</summary>
public sealed class OpenRun : IAsyncDisposable
{
    private readonly RunEntry _entry;
    private readonly RunOptions _options;
    private readonly RunPlace _place;
    private readonly Lazy<Task<LearnerServices>> _learner;
    private readonly Lazy<MeteredRolloutEngines> _engines;
    private readonly Lazy<Task<IReadOnlyList<IRewardModel>>> _rewards;
    private readonly Lazy<Task<string>> _fingerprint;
    private string _applied;
    private RunFolder? _folder;
    private ProgressPump? _pump;

    public OpenRun(RunEntry entry, RunPlace place)
    {
        (_entry, _place, _applied) = (entry, place, entry.Options);
        _options = place.Options(entry.Options);
        _learner = new(() => Task.Run(MakeLearner));
        _engines = new(() => place.Metered(new JanusRolloutEngines(_options, place.Weights(entry))));
        _rewards = new(() => Task.Run(() => RewardModels.Of(_options)));
        _fingerprint = new(() => Task.Run(() => Fingerprints.Of(_options.Model.Path)));
    }

    public Task<LearnerServices> Learner => _learner.Value;

    public IRolloutEngines Engines => _engines.Value;

    public Task<IReadOnlyList<IRewardModel>> Rewards => _rewards.Value;

    /// <summary>Identity of this process's program and its copy of the run's model.</summary>
    public Task<string> Fingerprint => _fingerprint.Value;

    /// <summary>Takes over settings that were changed since; the learner goes by them from its next step on.</summary>
    public async Task Apply(RunEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Options == _applied || _learner is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) return;
        await ((JanusPolicyTrainer)(await _learner.Value).Trainer).Apply(_place.Options(entry.Options).Learner, cancellationToken);
        _pump!.Message($"settings were changed: {_place.Options(entry.Options).Learner.DifferenceTo(_place.Options(_applied).Learner)}");
        _applied = entry.Options;
    }

    public async ValueTask DisposeAsync()
    {
        if (_engines.IsValueCreated) await _engines.Value.DisposeAsync();
        if (_rewards is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            foreach (var reward in (await _rewards.Value).OfType<IDisposable>()) reward.Dispose();
        }

        await _place.LeaveWeights(_entry);
        if (_learner is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) return;
        var learner = await _learner.Value;
        await ((IAsyncDisposable)learner.Trainer).DisposeAsync();
        await _pump!.DisposeAsync();
        (learner.Journal as IDisposable)?.Dispose();
        _place.Outputs.End(_folder!);
        _folder!.Dispose();
    }

    private LearnerServices MakeLearner()
    {
        var folder = _folder = RunFolder.Share(_options.Run.Out, _entry.Name);
        var pump = _pump = new(_place.Sink(_options, folder));
        try
        {
            return Services(folder, pump);
        }
        catch (Exception fault) when (fault is DataFileException or ModelFileException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(fault.Message, fault);
        }
    }

    private LearnerServices Services(RunFolder folder, ProgressPump pump) => new()
    {
        Trainer = new JanusPolicyTrainer(_options, folder.Checkpoints, _place.Weights(_entry), RunHost.Hash(_options)),
        Pairs = new UgPairSource(RunData.Pairs(_options, folder), _options),
        Groups = new RedisGroupStore(_place.Redis, _place.Prefix, _place.Time),
        Journal = new JournalFile(folder.JournalFile, _place.Time),
        Observer = pump,
        Fence = new RedisFence(_place.Redis, _place.Prefix, _place.Time),
    };
}
