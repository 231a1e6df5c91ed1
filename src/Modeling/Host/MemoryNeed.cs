using System.Globalization;

namespace PairUni.Modeling.Host;

/// <summary>Whether this machine has the memory that a model needs, asked before the first byte is loaded.</summary>
public static class MemoryNeed
{
    /// <exception cref="ModelFileException">It has not; the sentence says how much is needed and how much there is.</exception>
    public static void Check(string what, long needed) => Check(what, needed, Available());

    /// <param name="what">What is loaded, to begin the sentence with.</param>
    /// <param name="needed">Bytes.</param>
    /// <param name="available">Bytes.</param>
    /// <exception cref="ModelFileException">Less is available than needed.</exception>
    public static void Check(string what, long needed, long available)
    {
        if (needed > available)
        {
            throw new ModelFileException($"{what} needs {Gigabytes(needed)} GB of memory and {Gigabytes(available)} GB are available; "
                + "use a smaller model, bfloat16 instead of float32, or a machine with more memory.");
        }
    }

    /// <summary>Bytes that can be had without swapping: what the kernel says, within the limit of the container.</summary>
    public static long Available()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        const string file = "/proc/meminfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)) : null;
        return line is not null && long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out long kilobytes)
            ? Math.Min(limit, kilobytes * 1024)
            : limit;
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString(bytes < 10e9 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
