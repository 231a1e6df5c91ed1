using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PairUni.Cli.Chaos;
using PairUni.Contracts;

namespace PairUni.Cli.Bench.Actors;

/// <summary>Starts a Redis and pairs of silos as processes, and takes what they measure.</summary>
internal static class ActorsBench
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<ActorsBenchResult> Run(int calls, int callers, double seconds, string command)
    {
        var measured = await Pair(calls, callers, seconds, 0);
        var tuned = await Pair(0, callers, seconds, 1);
        return new ActorsBenchResult
        {
            MedianMicroseconds = measured.MedianMicroseconds,
            CallsPerSecond = measured.CallsPerSecond,
            Callers = callers,
            DeadSeconds = measured.DeadSeconds,
            TunedDeadSeconds = tuned.DeadSeconds,
            Command = command,
        };
    }

    private static async Task<ActorsMeasured> Pair(int calls, int callers, double seconds, double probe)
    {
        await using var redis = await RedisServer.Start();
        using var limit = new CancellationTokenSource(Limit);
        using var host = Child(ActorsBenchRole.Host, redis.Endpoint, probe, 0, calls, callers, seconds);
        try
        {
            await Line(host, limit.Token);
            using var caller = Child(ActorsBenchRole.Caller, redis.Endpoint, probe, host.Id, calls, callers, seconds);
            try
            {
                var line = await Line(caller, limit.Token);
                await caller.WaitForExitAsync(limit.Token);
                return JsonSerializer.Deserialize<ActorsMeasured>(line)!;
            }
            finally
            {
                if (!caller.HasExited) caller.Kill();
            }
        }
        finally
        {
            if (!host.HasExited) host.Kill();
        }
    }

    private static async Task<string> Line(Process silo, CancellationToken cancellationToken) =>
        await silo.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new UserErrorException($"a silo of the bench ended early: {(await silo.StandardError.ReadToEndAsync(cancellationToken)).Trim()}");

    private static Process Child(ActorsBenchRole role, string redis, double probe, int victim, int calls, int callers, double seconds)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "pairuni");
        string[] arguments =
        [
            "bench", "actors-silo", "--redis", redis, "--role", role.ToString(), "--probe", probe.ToString(CultureInfo.InvariantCulture),
            "--victim", victim.ToString(CultureInfo.InvariantCulture), "--calls", calls.ToString(CultureInfo.InvariantCulture),
            "--callers", callers.ToString(CultureInfo.InvariantCulture), "--seconds", seconds.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new UserErrorException($"{program} could not be started for a silo of the bench");
    }
}
