using MessagePack;
using Orleans;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Value();

    Task Fail(string message);

    ValueTask Nothing();

    Task<string> Key();

    Task<Note> Echo(Note note);

    Task<Note> Keep(Note note);

    Task<string> KeptText();

    Task<long> Sum(int a, long b, short c, byte d, int e, int f, int g, int h, int i);

    Task<bool> RunsOn(TaskCompletionSource? unused);
}

[MessagePackObject]
public sealed class Note
{
    [Key(0)]
    public string Text { get; set; } = "";

    [Key(1)]
    public int[] Numbers { get; set; } = [];
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _value;
    private Note? _kept;

    public Task<int> Add(int amount) => Task.FromResult(_value += amount);

    public ValueTask<int> Value() => new(_value);

    public Task Fail(string message) => throw new InvalidTimeZoneException(message);

    public ValueTask Nothing() => default;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Note> Echo(Note note) => Task.FromResult(note);

    public Task<Note> Keep(Note note)
    {
        _kept = note;
        return Task.FromResult(note);
    }

    public Task<string> KeptText() => Task.FromResult(_kept!.Text);

    public Task<long> Sum(int a, long b, short c, byte d, int e, int f, int g, int h, int i) => Task.FromResult(a + b + c + d + e + f + g + h + i);

    public Task<bool> RunsOn(TaskCompletionSource? unused) => Task.FromResult(unused is null);
}

public class CallTests
{
    [Fact]
    public async Task A_grain_answers_and_keeps_its_value_between_calls()
    {
        await using var silo = await TestSilo.Start();
        var counter = silo.Grains.GetGrain<ICounterGrain>("a");
        (await counter.Add(2)).ShouldBe(2);
        (await counter.Add(3)).ShouldBe(5);
        (await silo.Grains.GetGrain<ICounterGrain>("b").Add(1)).ShouldBe(1);
        (await counter.Value()).ShouldBe(5);
        await counter.Nothing();
        (await counter.Key()).ShouldBe("a");
        (await counter.Sum(1, 2, 3, 4, 5, 6, 7, 8, 9)).ShouldBe(45);
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_as_itself()
    {
        await using var silo = await TestSilo.Start();
        var counter = silo.Grains.GetGrain<ICounterGrain>("a");
        (await Should.ThrowAsync<InvalidTimeZoneException>(() => counter.Fail("wrong"))).Message.ShouldBe("wrong");
        (await counter.Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task Arguments_and_results_are_copies()
    {
        await using var silo = await TestSilo.Start();
        var counter = silo.Grains.GetGrain<ICounterGrain>("a");
        var note = new Note { Text = "before", Numbers = [1, 2] };
        var back = await counter.Keep(note);
        note.Text = back.Text = "after";
        (await counter.KeptText()).ShouldBe("before");
        back.Numbers.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_type_that_cannot_be_carried_is_refused_by_name()
    {
        await using var silo = await TestSilo.Start();
        var counter = silo.Grains.GetGrain<ICounterGrain>("a");
        var refused = await Should.ThrowAsync<Exception>(() => counter.RunsOn(new TaskCompletionSource()));
        refused.ToString().ShouldContain(nameof(TaskCompletionSource));
        (await counter.RunsOn(null)).ShouldBeTrue();
    }

    [Fact]
    public async Task References_are_equal_when_their_grains_are()
    {
        await using var silo = await TestSilo.Start();
        silo.Grains.GetGrain<ICounterGrain>("a").ShouldBe(silo.Grains.GetGrain<ICounterGrain>("a"));
        silo.Grains.GetGrain<ICounterGrain>("a").ShouldNotBe(silo.Grains.GetGrain<ICounterGrain>("b"));
        silo.Grains.GetGrain<ICounterGrain>("a").GetHashCode().ShouldBe(silo.Grains.GetGrain<ICounterGrain>("a").GetHashCode());
        silo.Grains.GetGrain<ICounterGrain>("a").GetGrainId().ToString().ShouldBe("counter/a");
        silo.Grains.GetGrain<ICounterGrain>("a").GetPrimaryKeyString().ShouldBe("a");
    }
}
