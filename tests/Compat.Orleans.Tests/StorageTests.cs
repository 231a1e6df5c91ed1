using System.Collections.Concurrent;
using MessagePack;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace PairUni.Compat.Orleans;

[MessagePackObject]
public sealed class Ledger
{
    [Key(0)]
    public List<int> Entries { get; set; } = [];
}

public interface ILedgerGrain : IGrainWithStringKey
{
    Task<int[]> Add(int entry, bool write);

    Task<int[]> Read();

    Task<(string? Etag, bool Exists)> Tag();

    Task Clear();

    Task Reread();

    Task Leave();

    Task<int> Other(int add);
}

public sealed class LedgerGrain(
    [PersistentState("ledger")] IPersistentState<Ledger> ledger,
    [PersistentState("other", "named")] IPersistentState<int> other,
    Probe probe) : Grain, ILedgerGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Say("read at activation", string.Join(',', ledger.State.Entries));
        return Task.CompletedTask;
    }

    public async Task<int[]> Add(int entry, bool write)
    {
        ledger.State.Entries.Add(entry);
        if (write)
        {
            await ledger.WriteStateAsync();
        }

        return [.. ledger.State.Entries];
    }

    public Task<int[]> Read() => Task.FromResult(ledger.State.Entries.ToArray());

    public Task<(string? Etag, bool Exists)> Tag() => Task.FromResult<(string?, bool)>((ledger.Etag, ledger.RecordExists));

    public Task Clear() => ledger.ClearStateAsync();

    public Task Reread() => ledger.ReadStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> Other(int add)
    {
        other.State += add;
        await other.WriteStateAsync();
        return other.State;
    }
}

public interface IWalletGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);
}

public sealed class Wallet
{
    public int Amount { get; set; }
}

[StorageProvider(ProviderName = "named")]
public sealed class WalletGrain : Grain<Wallet>, IWalletGrain
{
    public async Task<int> Add(int amount)
    {
        State.Amount += amount;
        await WriteStateAsync();
        DeactivateOnIdle();
        return State.Amount;
    }
}

/// <summary>Storage whose contents a test can change behind the grain's back.</summary>
public sealed class GlassStorage : IGrainStorage
{
    public ConcurrentDictionary<string, (string Etag, object? State)> Stored { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Stored.TryGetValue($"{grainId}/{stateName}", out var stored))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)stored.State!, stored.Etag, true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = $"{grainId}/{stateName}";
        var now = Stored.TryGetValue(key, out var stored) ? stored.Etag : null;
        if (now != grainState.ETag)
        {
            throw new InconsistentStateException("changed elsewhere", now ?? "none", grainState.ETag ?? "none");
        }

        grainState.ETag = Guid.NewGuid().ToString();
        grainState.RecordExists = true;
        Stored[key] = (grainState.ETag, grainState.State);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Stored.TryRemove($"{grainId}/{stateName}", out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }
}

public class StorageTests
{
    [Fact]
    public async Task State_is_read_before_activation_and_only_what_was_written_is_there()
    {
        await using var silo = await Start();
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        (await grain.Add(1, write: true)).ShouldBe([1]);
        (await silo.Probe.Next("read at activation")).ShouldBe("");
        (await grain.Add(2, write: false)).ShouldBe([1, 2]);
        await grain.Leave();
        (await grain.Read()).ShouldBe([1]);
        (await silo.Probe.Next("read at activation")).ShouldBe("1");
    }

    [Fact]
    public async Task The_tag_changes_with_every_write()
    {
        await using var silo = await Start();
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        (await grain.Tag()).Exists.ShouldBeFalse();
        await grain.Add(1, write: true);
        var first = await grain.Tag();
        first.Exists.ShouldBeTrue();
        first.Etag.ShouldNotBeNullOrEmpty();
        await grain.Add(2, write: true);
        (await grain.Tag()).Etag.ShouldNotBe(first.Etag);
    }

    [Fact]
    public async Task Cleared_state_is_new()
    {
        await using var silo = await Start();
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        await grain.Add(1, write: true);
        await grain.Clear();
        (await grain.Read()).ShouldBeEmpty();
        (await grain.Tag()).Exists.ShouldBeFalse();
        (await grain.Add(5, write: true)).ShouldBe([5]);
    }

    [Fact]
    public async Task Reading_again_takes_back_what_was_not_written()
    {
        await using var silo = await Start();
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        await grain.Add(1, write: true);
        await grain.Add(2, write: false);
        await grain.Reread();
        (await grain.Read()).ShouldBe([1]);
    }

    [Fact]
    public async Task Each_state_goes_to_its_own_storage()
    {
        var named = new GlassStorage();
        await using var silo = await Start(named);
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        (await grain.Other(3)).ShouldBe(3);
        (await grain.Other(4)).ShouldBe(7);
        named.Stored["ledger/a/other"].State.ShouldBe(7);
    }

    [Fact]
    public async Task A_write_over_somebody_elses_fails_and_the_grain_starts_afresh()
    {
        var named = new GlassStorage();
        await using var silo = await Start(named);
        var grain = silo.Grains.GetGrain<ILedgerGrain>("a");
        await grain.Other(3);
        named.Stored["ledger/a/other"] = ("somebody else's", 100);
        var failure = await Should.ThrowAsync<InconsistentStateException>(() => grain.Other(1));
        failure.StoredEtag.ShouldBe("somebody else's");
        (await grain.Other(1)).ShouldBe(101);
    }

    [Fact]
    public async Task A_grain_with_one_state_of_any_class_keeps_it()
    {
        await using var silo = await TestSilo.Start(one => one.AddMemoryGrainStorage("named"));
        var grain = silo.Grains.GetGrain<IWalletGrain>("a");
        (await grain.Add(2)).ShouldBe(2);
        (await grain.Add(3)).ShouldBe(5);
    }

    [Fact]
    public async Task A_storage_that_was_not_added_is_named()
    {
        await using var silo = await TestSilo.Start();
        (await Should.ThrowAsync<Exception>(() => silo.Grains.GetGrain<ILedgerGrain>("a").Read())).ToString().ShouldContain("named");
    }

    private static Task<TestSilo> Start(GlassStorage? named = null) =>
        TestSilo.Start(one => one.Services.AddGrainStorage("named", (_, _) => named ?? new GlassStorage()));
}
