using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface IStreamingGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Count(int to, CancellationToken cancellationToken = default);

    IAsyncEnumerable<Note> Notes(Note first);

    IAsyncEnumerable<int> FailAfter(int count);

    IAsyncEnumerable<string> Gated(string gate, CancellationToken cancellationToken = default);

    Task<int> Alive();
}

public sealed class StreamingGrain(Probe probe) : Grain, IStreamingGrain
{
    private readonly Note _note = new() { Text = "grain" };

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < to; i++)
            {
                if (i % 7 == 0)
                {
                    await Task.Yield();
                }

                yield return i;
            }
        }
        finally
        {
            probe.Say("closed");
        }
    }

    public async IAsyncEnumerable<Note> Notes(Note first)
    {
        yield return first;
        await Task.Yield();
        yield return _note;
    }

    public async IAsyncEnumerable<int> FailAfter(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i;
        }

        await Task.Yield();
        throw new InvalidTimeZoneException("no more");
    }

    public async IAsyncEnumerable<string> Gated(string gate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return "first";
            await probe.Wait(gate).WaitAsync(cancellationToken);
            yield return "second";
        }
        finally
        {
            probe.Say("closed");
        }
    }

    public Task<int> Alive() => Task.FromResult(1);
}

public class StreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(250)]
    public async Task All_items_arrive_in_order(int count)
    {
        await using var silo = await TestSilo.Start();
        var items = new List<int>();
        await foreach (var item in silo.Grains.GetGrain<IStreamingGrain>("a").Count(count))
        {
            items.Add(item);
        }

        items.ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public async Task A_stream_crosses_silos_in_small_batches()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        foreach (var silo in new[] { first, second })
        {
            var sum = 0;
            await foreach (var item in silo.Grains.GetGrain<IStreamingGrain>("a").Count(20).WithBatchSize(3))
            {
                sum += item;
            }

            sum.ShouldBe(190);
        }
    }

    [Fact]
    public async Task Items_are_copies()
    {
        await using var silo = await TestSilo.Start();
        var mine = new Note { Text = "mine" };
        var notes = new List<Note>();
        await foreach (var note in silo.Grains.GetGrain<IStreamingGrain>("a").Notes(mine))
        {
            note.Text += "!";
            notes.Add(note);
        }

        notes.Select(note => note.Text).ShouldBe(["mine!", "grain!"]);
        mine.Text.ShouldBe("mine");
        await foreach (var note in silo.Grains.GetGrain<IStreamingGrain>("a").Notes(mine))
        {
            note.Text.ShouldNotContain("!");
        }
    }

    [Fact]
    public async Task Items_before_a_failure_arrive_and_then_the_failure()
    {
        await using var silo = await TestSilo.Start();
        var items = new List<int>();
        await Should.ThrowAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var item in silo.Grains.GetGrain<IStreamingGrain>("a").FailAfter(5))
            {
                items.Add(item);
            }
        });
        items.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task Leaving_early_closes_the_grains_side_and_does_not_block_other_calls()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<IStreamingGrain>("a");
        await foreach (var item in grain.Gated("gate"))
        {
            item.ShouldBe("first");
            (await grain.Alive()).ShouldBe(1);
            break;
        }

        await silo.Probe.Next("closed");
    }

    [Fact]
    public async Task Cancelling_ends_the_enumeration()
    {
        await using var silo = await TestSilo.Start();
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in silo.Grains.GetGrain<IStreamingGrain>("a").Gated("gate").WithCancellation(cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        await silo.Probe.Next("closed");
    }

    [Fact]
    public async Task A_slow_stream_outlives_the_time_limit_of_a_call()
    {
        var time = new ManualTime();
        await using var silo = await TestSilo.Start(one => one.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, time));
        await using var items = silo.Grains.GetGrain<IStreamingGrain>("a").Gated("gate").GetAsyncEnumerator();
        (await items.MoveNextAsync()).ShouldBeTrue();
        var second = items.MoveNextAsync().AsTask();
        for (var i = 0; i < 50; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await silo.Grains.GetGrain<IStreamingGrain>("a").Alive();
        }

        second.IsCompleted.ShouldBeFalse();
        silo.Probe.Open("gate");
        (await second.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        items.Current.ShouldBe("second");
    }
}
