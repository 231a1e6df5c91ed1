using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PairUni.Cli.RunFiles;

/// <summary>environment.json of a run: what it ran on. Nothing in it feeds back into the run.</summary>
internal static class EnvironmentFile
{
    public static void Write(string path, TimeProvider time) =>
        File.WriteAllText(path, JsonSerializer.Serialize(Read(time), EvalFolder.Json) + "\n");

    public static IReadOnlyDictionary<string, string> Read(TimeProvider time) => new Dictionary<string, string>
    {
        ["started"] = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        ["pairuni"] = Version,
        ["processor"] = Processor(),
        ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["memory"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB",
        ["system"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
    };

    public static string Version => typeof(EnvironmentFile).Assembly.GetName().Version!.ToString(3);

    /// <summary>Processor and cores, for the reader of a measurement.</summary>
    public static string Hardware() => $"{Processor()}, {Environment.ProcessorCount} cores";

    /// <summary>The processor's name as the system gives it.</summary>
    public static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
