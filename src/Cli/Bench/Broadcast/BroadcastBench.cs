using System.Globalization;
using System.Security.Cryptography;
using PairUni.Client;
using PairUni.Learner.Weights;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;

namespace PairUni.Cli.Bench;

/// <summary>
/// Sends a made-up model from this process to others on this machine, and measures bytes, time and what it costs a training step here.
/// </summary>
/// <remarks>
/// <code>
///   rounds:    floor (one other process) | broadcast to N processes, all at once
///   training:  steps alone | steps beside a broadcast | steps beside the floor's work; the others at idle priority
/// </code>
/// </remarks>
internal sealed class BroadcastBench : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StepsAlone = TimeSpan.FromSeconds(5);
    private readonly BroadcastSettings _settings;
    private readonly TimeProvider _time;
    private readonly ClusterToken _token = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), "bench broadcast");
    private readonly BroadcastDesk _desk;
    private readonly WeightSnapshot _snapshot;
    private WeightHost? _host;
    private int _round;

    public BroadcastBench(BroadcastSettings settings, TimeProvider time)
    {
        (_settings, _time, _desk) = (settings, time, new(time));
        _snapshot = WeightSnapshot.Of(MadeUpWeights.Draw(settings.Bytes, seed: 1), version: 1, "made up");
    }

    public async Task<BroadcastResult> Run(string command)
    {
        _host = await WeightHost.Start(_token, _time, _desk);
        var (times, floors, floorsOnOne, computing) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (learner, peers, claims) = (0.0, 0.0, 0);
        await using (var receivers = await Receivers.Start(this, idle: false))
        {
            for (var round = 0; round < _settings.Rounds; round++)
            {
                floors.Add(await Floor(Environment.ProcessorCount, idle: false));
                floorsOnOne.Add(await Floor(1, idle: false));
                var (seconds, cpu, fromLearner, fromPeers, calls) = await Broadcast(receivers);
                times.Add(seconds);
                computing.Add(cpu);
                (learner, peers, claims) = (Math.Max(learner, fromLearner), fromPeers, calls);
            }
        }

        return new()
        {
            Bytes = _settings.Bytes,
            Receivers = _settings.Receivers,
            LearnerModels = learner,
            PeerModels = peers,
            Claims = claims,
            Seconds = Interleaved.Median(times),
            LearnerCpuSeconds = Interleaved.Median(computing),
            FloorSeconds = Interleaved.Median(floors),
            FloorOneThreadSeconds = Interleaved.Median(floorsOnOne),
            StepMilliseconds = _settings.Model is { } model ? await Training(model) : null,
            Rounds = _settings.Rounds,
            Command = command,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
    }

    private async Task<(double Seconds, double Cpu, double Learner, double Peers, int Claims)> Broadcast(Receivers receivers)
    {
        var run = string.Create(CultureInfo.InvariantCulture, $"round-{++_round}");
        var manifest = await _host!.Sharing.Of(run, _desk).Publish(_snapshot, default);
        await _desk.Publish(new() { Version = manifest.Version, Manifest = manifest }, default);
        var (sent, claims, start) = (_host.Sharing.BytesSent, _desk.Claims, _time.GetTimestamp());
        var cpu = Environment.CpuUsage.TotalTime;
        await receivers.All($"fetch {run}", "done");
        var seconds = _time.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        var left = await receivers.All($"leave {run}", "left");
        await _host.Sharing.Leave(run);
        double Models(double bytes) => bytes / _settings.Bytes;
        return (seconds, cpu.TotalSeconds, Models(_host.Sharing.BytesSent - sent), Models(left.Sum(words => double.Parse(words[1], CultureInfo.InvariantCulture))), _desk.Claims - claims);
    }

    private async Task<double> Floor(int threads, bool idle)
    {
        string[] arguments = ["bench", "broadcast-floor", "--bytes", Text(_settings.Bytes), "--receivers", Text(_settings.Receivers), "--threads", Text(threads)];
        await using var process = BenchProcess.Start(arguments, _token, idle, _time);
        await process.Hear("ready", Limit);
        await process.Tell("go");
        return double.Parse((await process.Hear("floor", Limit))[1], CultureInfo.InvariantCulture);
    }

    private async Task<(double Alone, double Broadcast, double Floor)> Training(string model)
    {
        using var policy = JanusPolicy.Load(model);
        using var work = new LearnerWork(policy, pairs: 4, group: 8);
        await using var loop = new DeviceLoop("bench", policy.Model.Device, threads: 1);
        await using var receivers = await Receivers.Start(this, idle: true);
        var (alone, broadcast, floor) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < _settings.Rounds; round++)
        {
            // Alone before and after each of the others, so that a slow drift of the machine hits all three; the first round warms up.
            var (one, two) = (await Steps(loop, work, Task.Delay(StepsAlone, _time)), await Steps(loop, work, Broadcast(receivers)));
            var (three, four) = (await Steps(loop, work, Task.Delay(StepsAlone, _time)), await Steps(loop, work, Floor(Environment.ProcessorCount, idle: true)));
            if (round < 0) continue;
            alone.AddRange([.. one, .. three]);
            broadcast.AddRange(two);
            floor.AddRange(four);
        }

        return (Interleaved.Median(alone), Interleaved.Median(broadcast), Interleaved.Median(floor));
    }

    // Milliseconds of each step that ended before the other work did.
    private async Task<List<double>> Steps(DeviceLoop loop, LearnerWork work, Task beside)
    {
        var steps = new List<double>();
        while (true)
        {
            var milliseconds = await loop.Run(() =>
            {
                var start = _time.GetTimestamp();
                work.Step();
                return _time.GetElapsedTime(start).TotalMilliseconds;
            });
            if (beside.IsCompleted && steps.Count > 0) break;
            steps.Add(milliseconds);
        }

        await beside;
        return steps;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Receivers(IReadOnlyList<BenchProcess> processes) : IAsyncDisposable
    {
        public static async Task<Receivers> Start(BroadcastBench bench, bool idle)
        {
            string[] arguments = ["bench", "broadcast-receiver", "--learner", bench._host!.Address.ToString()];
            var started = new Receivers([.. Enumerable.Range(0, bench._settings.Receivers).Select(_ => BenchProcess.Start(arguments, bench._token, idle, bench._time))]);
            foreach (var process in started.Processes) await process.Hear("ready", Limit);
            return started;
        }

        private IReadOnlyList<BenchProcess> Processes { get; } = processes;

        public async Task<string[][]> All(string order, string answer)
        {
            foreach (var process in Processes) await process.Tell(order);
            return await Task.WhenAll(Processes.Select(p => p.Hear(answer, Limit)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in Processes) await process.DisposeAsync();
        }
    }
}
