using System.Collections.Concurrent;
using System.Threading.Channels;

namespace PairUni.Compat.Orleans;

/// <summary>What grains tell a test and what they wait for; the silos of a test share one.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Channel<string>> _events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>A grain says something.</summary>
    public void Say(string topic, string text = "") => Topic(topic).Writer.TryWrite(text);

    /// <summary>The next thing said, within 20 s.</summary>
    public Task<string> Next(string topic) => Topic(topic).Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Whether something was said that nobody has read.</summary>
    public bool Any(string topic) => Topic(topic).Reader.TryPeek(out _);

    /// <summary>A grain waits until <see cref="Open"/>.</summary>
    public Task Wait(string gate) => Gate(gate).Task.WaitAsync(Patience);

    /// <summary>Lets everybody at the gate go on.</summary>
    public void Open(string gate) => Gate(gate).TrySetResult();

    /// <summary>Counts.</summary>
    public int Count(string name) => _counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    /// <summary>How often it was counted.</summary>
    public int Counted(string name) => _counts.GetValueOrDefault(name);

    private Channel<string> Topic(string topic) => _events.GetOrAdd(topic, _ => Channel.CreateUnbounded<string>());

    private TaskCompletionSource Gate(string gate) => _gates.GetOrAdd(gate, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
