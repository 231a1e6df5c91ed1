using Orleans.Runtime;

namespace Orleans;

/// <summary>Starts observers by rising stage, all of a stage at once, and stops the started stages in reverse.</summary>
internal sealed class StagedLifecycle : ISiloLifecycle, IGrainLifecycle
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public bool IsEmpty => _entries.Count == 0;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var entry = new Entry(this, stage, observer);
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    public async Task Start(CancellationToken cancellationToken)
    {
        foreach (var stage in Stages().Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(At(stage).Select(entry => entry.Observer.OnStart(cancellationToken)));
            HighestCompletedStage = stage;
        }
    }

    /// <summary>Stops what started; an observer's failure goes to <paramref name="failed"/> and does not keep the rest from stopping.</summary>
    public async Task Stop(Action<Exception> failed, CancellationToken cancellationToken)
    {
        foreach (var stage in Stages().Where(stage => stage <= HighestCompletedStage).OrderDescending())
        {
            foreach (var entry in At(stage))
            {
                try
                {
                    await entry.Observer.OnStop(cancellationToken);
                }
                catch (Exception exception)
                {
                    failed(exception);
                }
            }

            LowestStoppedStage = stage;
        }
    }

    private int[] Stages()
    {
        lock (_gate)
        {
            return [.. _entries.Select(entry => entry.Stage).Distinct()];
        }
    }

    private Entry[] At(int stage)
    {
        lock (_gate)
        {
            return [.. _entries.Where(entry => entry.Stage == stage)];
        }
    }

    private sealed class Entry(StagedLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._entries.Remove(this);
            }
        }
    }
}
