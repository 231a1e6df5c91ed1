using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Rows of bench scale.</summary>
internal sealed record ScaleResult(IReadOnlyList<ScaleRow> Rows, int Processes, double Seconds, string Command)
{
    public string Hardware { get; } = EnvironmentFile.Hardware();

    public IEnumerable<string> Lines()
    {
        yield return $"stub engines in {Processes} processes, a learner silo in another, Redis beside them; {Seconds:0.#} s each";
        yield return $"hardware  {Hardware}";
        foreach (var row in Rows)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{row.Workers,5} workers of {row.GroupSeconds * 1000:0} ms: {row.GroupsPerSecond:0.0} groups/s, {row.Share:0.0%} of ideal; overhead {row.OverheadMilliseconds:0.00} ms and {row.CpuMicroseconds:0} us of CPU a group; journal {(row.Findings == 0 ? "holds" : $"breaks {row.Findings} rules")}");
        }

        yield return Command;
    }
}
