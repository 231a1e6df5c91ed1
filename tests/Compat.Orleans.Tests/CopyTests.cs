using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;

namespace PairUni.Compat.Orleans;

public interface IKeeperGrain : IGrainWithStringKey
{
    Task Array(int[] values);

    Task Notes(List<Note> notes);

    Task Map(Dictionary<string, Note> notes);

    Task Bytes(ReadOnlyMemory<byte> bytes);

    Task Pair((Note, int) pair);

    Task Shared([Immutable] int[] values);

    Task Wrapped(Immutable<int[]> values);

    Task Interface(IReadOnlyList<Note> notes);

    Task<int[]> Give();

    Task Nullables(int? number, Note? note, string? text, int[]? array);

    Task<ImmutableArray<int>> Frozen(ImmutableArray<int> values);
}

/// <summary>Holds on to what it gets, so that a test can see whether it got the same object.</summary>
public sealed class Shelf
{
    public object? Mine { get; set; }

    public object? Theirs { get; set; }
}

public sealed class KeeperGrain(Shelf shelf) : Grain, IKeeperGrain
{
    private readonly int[] _own = [1, 2, 3];

    public Task Array(int[] values) => Keep(values);

    public Task Notes(List<Note> notes) => Keep(notes[0]);

    public Task Map(Dictionary<string, Note> notes) => Keep(notes["a"]);

    public Task Bytes(ReadOnlyMemory<byte> bytes) =>
        Keep(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment) ? segment.Array : null);

    public Task Pair((Note, int) pair) => Keep(pair.Item1);

    public Task Shared(int[] values) => Keep(values);

    public Task Wrapped(Immutable<int[]> values) => Keep(values.Value);

    public Task Interface(IReadOnlyList<Note> notes) => Keep(notes[0]);

    public Task<int[]> Give() => Task.FromResult(_own);

    public Task Nullables(int? number, Note? note, string? text, int[]? array) => Keep((number, note, text, array));

    public Task<ImmutableArray<int>> Frozen(ImmutableArray<int> values) => Task.FromResult(values);

    private Task Keep(object? value)
    {
        shelf.Theirs = value;
        return Task.CompletedTask;
    }
}

public class CopyTests
{
    private readonly Shelf _shelf = new();

    [Fact]
    public async Task Whatever_can_change_is_copied()
    {
        await using var silo = await Start();
        var keeper = silo.Grains.GetGrain<IKeeperGrain>("a");
        var note = new Note { Text = "t", Numbers = [4] };
        int[] array = [1, 2];
        byte[] bytes = [1, 2];

        await Copied(array, () => keeper.Array(array));
        ((int[])_shelf.Theirs!).ShouldBe(array);
        await Copied(note, () => keeper.Notes([note]));
        ((Note)_shelf.Theirs!).Numbers.ShouldBe([4]);
        await Copied(note, () => keeper.Map(new() { ["a"] = note }));
        await Copied(note, () => keeper.Pair((note, 1)));
        await Copied(note, () => keeper.Interface(new List<Note> { note }));
        await Copied(note, () => keeper.Interface(new[] { note }));
        await Copied(bytes, () => keeper.Bytes(bytes));
        ((byte[])_shelf.Theirs!).ShouldBe(bytes);
        (await keeper.Give()).ShouldNotBeSameAs(await keeper.Give());
        (await keeper.Frozen([1, 2])).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_is_declared_immutable_is_not()
    {
        await using var silo = await Start();
        var keeper = silo.Grains.GetGrain<IKeeperGrain>("a");
        int[] array = [1, 2];
        await keeper.Shared(array);
        _shelf.Theirs.ShouldBeSameAs(array);
        _shelf.Theirs = null;
        await keeper.Wrapped(new Immutable<int[]>(array));
        _shelf.Theirs.ShouldBeSameAs(array);
    }

    [Fact]
    public async Task Nulls_arrive_as_nulls()
    {
        await using var silo = await Start();
        await silo.Grains.GetGrain<IKeeperGrain>("a").Nullables(null, null, null, null);
        _shelf.Theirs.ShouldBe(((int?)null, (Note?)null, (string?)null, (int[]?)null));
        await silo.Grains.GetGrain<IKeeperGrain>("a").Nullables(3, null, "x", null);
        _shelf.Theirs.ShouldBe(((int?)3, (Note?)null, (string?)"x", (int[]?)null));
    }

    private async Task Copied(object mine, Func<Task> call)
    {
        await call();
        _shelf.Theirs.ShouldNotBeNull();
        _shelf.Theirs.ShouldNotBeSameAs(mine);
    }

    private Task<TestSilo> Start() => TestSilo.Start(silo => silo.Services.AddSingleton(_shelf));
}
