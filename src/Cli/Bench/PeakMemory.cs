using System.Globalization;

namespace PairUni.Cli.Bench;

/// <summary>The largest resident memory of this process, mapped pages of files included.</summary>
internal static class PeakMemory
{
    /// <summary>Bytes since the start, or since <see cref="Reset"/>.</summary>
    public static long Bytes() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>Begins anew from what is resident now (proc_pid_clear_refs(5)).</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");
}
