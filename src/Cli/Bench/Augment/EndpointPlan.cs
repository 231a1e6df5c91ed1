using PairUni.Data;

namespace PairUni.Cli.Bench.Augment;

/// <summary>How a misbehaving endpoint treats every request of a benchmark, by the request and a seed alone: what share of them goes wrong in which way.</summary>
internal sealed record EndpointPlan
{
    private const double MostLatency = 1.5;

    /// <summary>Mean time of an answer; times are spread evenly over half to one and a half of it.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>What a request that is never answered takes: the client's time limit.</summary>
    public required TimeSpan Limit { get; init; }

    public required ulong Seed { get; init; }

    public EndpointBehaviour Of(EndpointRequest request)
    {
        var random = new SeededRandom(Seed, Convert.ToUInt64(request.Inquiry, 16), (ulong)request.Visit);
        var latency = Latency * (MostLatency - random.NextDouble());
        // Turned away at once; failed after half the time; the others take their time.
        return (random.NextDouble() * 100) switch
        {
            < 4 => EndpointBehaviour.Fails(429, "1"),
            < 7 => EndpointBehaviour.Fails(500) with { Latency = latency / 2 },
            < 8 => new(EndpointMood.Hang) { Latency = Limit },
            < 9 => new(EndpointMood.CutConnection) { Latency = latency },
            < 10 => new(EndpointMood.NoCompletion) { Latency = latency },
            < 12 => new(EndpointMood.Malformed) { Latency = latency },
            < 13 => new(EndpointMood.WrongSchema) { Latency = latency },
            < 14 => new(EndpointMood.Refuse) { Latency = latency },
            < 16 => new(EndpointMood.Contradict) { Latency = latency },
            _ => new(EndpointMood.Answer) { Latency = latency },
        };
    }
}
