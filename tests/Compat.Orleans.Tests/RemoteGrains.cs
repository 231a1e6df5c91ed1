using MessagePack;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

[MessagePackObject]
public sealed record Parcel([property: Key(0)] string Label, [property: Key(1)] int[] Items, [property: Key(2)] ReadOnlyMemory<byte> Bytes);

public sealed class ParcelLostException(string message) : Exception(message);

/// <summary>Made by nobody but its own code: other processes cannot make it from a message.</summary>
public sealed class OddException(int number) : Exception($"odd {number}");

public interface IPostGrain : IGrainWithStringKey
{
    Task<SiloAddress> Where();

    Task<Parcel> Echo(Parcel parcel);

    Task<int> Add(int amount);

    Task<string> Wait(string gate);

    Task<string> Throw(string kind);

    Task<object?> Any(object? value);

    Task<string?> Context(string key);

    Task<int> CallOther(IPostGrain other, int amount);

    Task Cancellable(CancellationToken cancellationToken);

    IAsyncEnumerable<Parcel> Many(int count, CancellationToken cancellationToken = default);

    Task Subscribe(IPostObserver observer);

    Task Notify(string text);

    [OneWay]
    Task Drop(string text);

    [ResponseTimeout("00:00:01")]
    Task<string> Slow(string gate);

    Task Save(string text);

    Task<string?> Load();

    Task Leave();
}

public interface IPostObserver : IGrainObserver
{
    void Heard(string text);
}

public class PostGrain(Probe probe, ILocalSiloDetails silo, [PersistentState("box")] IPersistentState<PostBox> box) : Grain, IPostGrain
{
    private readonly List<IPostObserver> _observers = [];
    private int _sum;

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<Parcel> Echo(Parcel parcel) => Task.FromResult(parcel with { Label = parcel.Label + "!" });

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public async Task<string> Wait(string gate)
    {
        probe.Say("waiting", gate);
        await probe.Wait(gate);
        return gate;
    }

    public Task<string> Throw(string kind) => throw (kind switch
    {
        "own" => new ParcelLostException("no parcel"),
        "odd" => new OddException(7),
        "argument" => new ArgumentNullException("parcel", "it must be there"),
        "inner" => new InvalidOperationException("outer", new ParcelLostException("inner")),
        _ => new NotSupportedException(kind),
    });

    public Task<object?> Any(object? value) => Task.FromResult(value);

    public Task<string?> Context(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<int> CallOther(IPostGrain other, int amount) => other.Add(amount);

    public async Task Cancellable(CancellationToken cancellationToken)
    {
        probe.Say("running");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            probe.Say("cancelled");
            throw;
        }
    }

    public async IAsyncEnumerable<Parcel> Many(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Parcel($"{i}", [i], default);
            await Task.Yield();
        }
    }

    public Task Subscribe(IPostObserver observer)
    {
        _observers.Add(observer);
        return Task.CompletedTask;
    }

    public Task Notify(string text)
    {
        _observers.ForEach(observer => observer.Heard(text));
        return Task.CompletedTask;
    }

    public Task Drop(string text)
    {
        probe.Say("dropped", text);
        return Task.CompletedTask;
    }

    public Task<string> Slow(string gate) => Wait(gate);

    public Task Save(string text)
    {
        box.State = new PostBox(text);
        return box.WriteStateAsync();
    }

    public Task<string?> Load() => Task.FromResult(box.RecordExists ? box.State.Text : null);

    public Task Leave()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[MessagePackObject]
public sealed record PostBox([property: Key(0)] string? Text)
{
    public PostBox() : this((string?)null)
    {
    }
}

public interface IStampGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> Where();
}

[StatelessWorker(2)]
public class StampGrain(ILocalSiloDetails silo) : Grain, IStampGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}
