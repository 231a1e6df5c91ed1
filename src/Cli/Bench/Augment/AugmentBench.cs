using System.Globalization;
using System.Text.RegularExpressions;
using PairUni.Cli.Augment;
using PairUni.Data;
using PairUni.Data.Augmentation;
using PairUni.Data.Import;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Bench.Augment;

/// <summary>Completes a made-up pool by an endpoint in this process that misbehaves as planned, and compares with the endpoint's own bill.</summary>
internal static partial class AugmentBench
{
    private const int ImageSide = 64;
    private const int WarmUp = 100;

    /// <param name="samples">Size of the pool; each sample takes two answers.</param>
    /// <param name="concurrency">Inquiries under way at once.</param>
    /// <param name="latency">Mean time of an answer.</param>
    public static async Task<AugmentBenchResult> Run(int samples, int concurrency, TimeSpan latency, ulong seed, TimeProvider time, string command, CancellationToken cancellation)
    {
        // The first requests of a process wait for its code to be compiled.
        if (samples > WarmUp)
            await Run(WarmUp, concurrency, latency / 10, seed + 1, time, command, cancellation);
        var folder = Directory.CreateTempSubdirectory("pairuni-bench-augment-").FullName;
        try
        {
            var pool = Pool(folder, samples, seed);
            var limit = latency * 5;
            var plan = new EndpointPlan { Latency = latency, Limit = limit, Seed = seed };
            var requests = Enumerable.Range(0, samples).Select(_ => new List<(TimeSpan Takes, TimeSpan ThenWait)>()).ToArray();
            await using var endpoint = await MisbehavingEndpoint.Start(request =>
            {
                var does = plan.Of(request);
                var own = requests[int.Parse(Number().Match(request.Text).Groups[1].ValueSpan, CultureInfo.InvariantCulture)];
                lock (own)
                    own.Add((does.Latency, does.RetryAfter is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : TimeSpan.Zero));
                return does;
            }, time);
            using var annotator = new OpenAiAnnotator(new() { BaseUrl = endpoint.Url, Model = "misbehaving-1", Key = "none" }, time);
            var options = new AugmentOptions { Pool = pool, Folder = Path.Combine(folder, "out"), Task = SampleTask.Understand, Concurrency = concurrency, Timeout = limit, Seed = seed };
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            var (processor, start) = (process.TotalProcessorTime, time.GetTimestamp());
            var report = await Augmentation.Run(options, annotator, time, null, cancellation);
            var elapsed = time.GetElapsedTime(start);
            process.Refresh();
            return new()
            {
                Samples = samples,
                Concurrency = concurrency,
                Latency = latency.TotalSeconds,
                Seconds = elapsed.TotalSeconds,
                ProcessorSeconds = (process.TotalProcessorTime - processor).TotalSeconds,
                MeasuredSeconds = endpoint.Measured.TotalSeconds / concurrency,
                IdealSeconds = IdealSchedule.Length(requests, concurrency).TotalSeconds,
                FilledSeconds = endpoint.Occupied.TotalSeconds / concurrency,
                Completed = report.Count(SampleState.Completed),
                Rejected = report.Count(SampleState.Rejected),
                Lost = samples - PoolFile.Read(report.Path).Count + report.Count(SampleState.GivenUp) + report.Count(SampleState.Open),
                PaidTwice = endpoint.Usable.Values.Count(times => times > 1),
                Requests = endpoint.Requests,
                Billed = endpoint.Billed,
                Logged = report.Answered,
                Moods = new SortedDictionary<string, int>(endpoint.Moods.ToDictionary(mood => mood.Key.ToString(), mood => mood.Value), StringComparer.Ordinal),
                Command = command,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Pool(string folder, int samples, ulong seed)
    {
        var raw = Path.Combine(folder, "raw");
        Directory.CreateDirectory(raw);
        var pool = new PoolSample[samples];
        Parallel.For(0, samples, i =>
        {
            var random = new SeededRandom(seed, (ulong)i);
            var pixels = new byte[ImageSide * ImageSide * 3];
            foreach (ref var value in pixels.AsSpan())
                value = (byte)random.Next(256);
            var png = new RgbImage(ImageSide, ImageSide, pixels).EncodePng();
            File.WriteAllBytes(Path.Combine(raw, $"{i}.png"), png);
            pool[i] = new() { Id = $"{i}", ImagePath = $"{i}.png", Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(png)), Question = $"What is number {i}?", Answer = $"{i}" };
        });
        PoolFile.Write(Path.Combine(raw, PoolFile.Name), pool);
        return Path.Combine(raw, PoolFile.Name);
    }

    [GeneratedRegex(@"What is number (\d+)\?")]
    private static partial Regex Number();
}
