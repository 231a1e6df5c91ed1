using System.Globalization;
using TorchSharp;

namespace PairUni.Cli.Bench;

/// <summary>The cost of calling an operator: a 4x4 float32 add, where the arithmetic itself is nothing.</summary>
internal static class OpsBench
{
    private const int AddsPerRound = 20_000;

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
            print(round(int(sys.argv[1])), flush=True)
        """;

    public static async Task<BenchResult> Run(int rounds, TimeProvider time, string command)
    {
        var python = await PythonBaseline.Find();
        using var baseline = python is { } found
            ? PythonBaseline.Start(found.Python, ["-c", Baseline, AddsPerRound.ToString(CultureInfo.InvariantCulture)])
            : null;
        using var a_44 = torch.ones(4, 4);
        using var b_44 = torch.ones(4, 4);
        var (ours, theirs) = await Interleaved.Run(rounds, 5, () => Task.FromResult(Round(a_44, b_44, time)), baseline is null ? null : baseline.Round);
        return new BenchResult
        {
            Work = $"a 4x4 float32 add, {AddsPerRound} times a round",
            Unit = "us",
            Ours = ours / AddsPerRound * 1e6,
            PyTorch = theirs / AddsPerRound * 1e6,
            PyTorchVersion = python?.Version,
            Rounds = rounds,
            Command = command,
        };
    }

    private static double Round(torch.Tensor a_44, torch.Tensor b_44, TimeProvider time)
    {
        var start = time.GetTimestamp();
        for (var i = 0; i < AddsPerRound; i++)
        {
            using var c_44 = a_44 + b_44;
        }

        return time.GetElapsedTime(start).TotalSeconds;
    }
}
