using System.Globalization;
using PairUni.Client;

namespace PairUni.Cli.Bench;

/// <summary>
/// One receiving process of bench broadcast. It prints "ready", then answers each line it reads: "fetch RUN" with "done SECONDS FETCHED",
/// "leave RUN" with "left SENT" and its memory given back. It ends with its input.
/// </summary>
internal static class BroadcastReceiver
{
    public static async Task Run(Uri learner, ClusterToken token, TextReader input, TextWriter output, TimeProvider time)
    {
        using var policy = new DeskClient(learner, token);
        await using var host = await WeightHost.Start(token, time);
        var (fetched, sent) = (0L, 0L);
        await output.WriteLineAsync("ready");
        while (await input.ReadLineAsync() is { } line)
        {
            var (verb, run) = (line.Split(' ')[0], line.Split(' ')[1]);
            if (verb == "fetch")
            {
                var manifest = (await policy.Current(default))!.Manifest;
                var start = time.GetTimestamp();
                await host.Sharing.Of(run, policy).Fetch(manifest, default);
                var seconds = time.GetElapsedTime(start).TotalSeconds;
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"done {seconds} {host.Sharing.BytesFetched - fetched}"));
                fetched = host.Sharing.BytesFetched;
            }
            else
            {
                await host.Sharing.Leave(run);
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"left {host.Sharing.BytesSent - sent}"));
                sent = host.Sharing.BytesSent;
            }
        }
    }
}
