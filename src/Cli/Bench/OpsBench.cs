using System.Globalization;
using PairUni.Modeling.Devices;
using TorchSharp;

namespace PairUni.Cli.Bench;

/// <summary>The cost of calling an operator: a 4x4 float32 add, where the arithmetic itself is nothing.</summary>
/// <remarks>
/// Figures are the fastest rounds, what a call costs when nothing interrupts it. Each round begins with adds that are not
/// timed, on both sides, since the turn of the other side has emptied the caches.
/// </remarks>
internal static class OpsBench
{
    // Half a millisecond: short enough that most rounds of a busy machine are not interrupted.
    private const int AddsPerRound = 500;
    private const int UntimedAdds = AddsPerRound / 5;

    // Within about 700 rounds the just-in-time compiler has made its last version of the call.
    private const int WarmUps = 2_000;

    private const string Baseline = """
        import sys, time, torch
        torch.set_num_threads(1)
        a, b = torch.ones(4, 4), torch.ones(4, 4)
        def round(n):
            start = time.perf_counter()
            for _ in range(n):
                c = a + b
            return time.perf_counter() - start
        for line in sys.stdin:
            round(int(sys.argv[2]))
            print(round(int(sys.argv[1])), flush=True)
        """;

    public static async Task<BenchResult> Run(int rounds, TimeProvider time, string command)
    {
        var python = await PythonBaseline.Find();
        using var baseline = python is { } found
            ? PythonBaseline.Start(found.Python, ["-c", Baseline, AddsPerRound.ToString(CultureInfo.InvariantCulture), UntimedAdds.ToString(CultureInfo.InvariantCulture)])
            : null;
        using var a_44 = torch.ones(4, 4);
        using var b_44 = torch.ones(4, 4);
        await using var loop = new DeviceLoop("bench", torch.CPU, threads: 1);
        var (ours, theirs) = await Interleaved.Rounds(rounds, WarmUps, () => loop.Run(() => Round(a_44, b_44, time)), baseline is null ? null : baseline.Round);
        return new BenchResult
        {
            Work = $"a 4x4 float32 add, {AddsPerRound} times a round",
            Unit = "us",
            Ours = ours.Min() / AddsPerRound * 1e6,
            PyTorch = theirs?.Min() / AddsPerRound * 1e6,
            MedianRatio = theirs is null ? null : Interleaved.Median(ours.Zip(theirs, (left, right) => left / right)),
            Statistic = "fastest",
            PyTorchVersion = python?.Version,
            Rounds = rounds,
            Command = command,
        };
    }

    private static double Round(torch.Tensor a_44, torch.Tensor b_44, TimeProvider time)
    {
        Add(a_44, b_44, UntimedAdds);
        var start = time.GetTimestamp();
        Add(a_44, b_44, AddsPerRound);
        return time.GetElapsedTime(start).TotalSeconds;
    }

    private static void Add(torch.Tensor a_44, torch.Tensor b_44, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var c_44 = a_44 + b_44;
        }
    }
}
