using Orleans;

namespace PairUni.Cli.Bench.Actors;

/// <summary>Times calls from this silo to grains on another.</summary>
internal static class ActorsBenchCalls
{
    /// <summary>Microseconds that half of the calls of one caller stay below, after as many to warm up.</summary>
    public static async Task<double> Median(IGrainFactory grains, int calls, TimeProvider time)
    {
        var grain = grains.GetGrain<IActorsBenchGrain>("one");
        for (var i = 0; i < calls; i++)
            await grain.Echo(i);
        var times = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var start = time.GetTimestamp();
            await grain.Echo(i);
            times[i] = time.GetElapsedTime(start).TotalMicroseconds;
        }

        return Interleaved.Median(times);
    }

    /// <summary>Calls per second of so many callers, each with a grain of its own and one call under way: the median of rounds after the first.</summary>
    public static async Task<double> PerSecond(IGrainFactory grains, int callers, TimeSpan round, int rounds, TimeProvider time)
    {
        var rates = new List<double>();
        for (var i = 0; i <= rounds; i++)
        {
            var start = time.GetTimestamp();
            var calls = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Call(grains.GetGrain<IActorsBenchGrain>($"{caller}"), start, round, time))));
            rates.Add(calls.Sum() / time.GetElapsedTime(start).TotalSeconds);
        }

        return Interleaved.Median(rates.Skip(1));
    }

    private static async Task<long> Call(IActorsBenchGrain grain, long start, TimeSpan round, TimeProvider time)
    {
        var calls = 0;
        while (time.GetElapsedTime(start) < round)
        {
            if (await grain.Echo(calls) != calls) throw new InvalidOperationException("a grain answered with another number");
            calls++;
        }

        return calls;
    }
}
