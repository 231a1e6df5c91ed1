using System.Buffers;
using System.Text.Json;

namespace PairUni.Cli.Output;

/// <summary>metrics.jsonl: one line a step, {"step": n, name: number, ...}. Only keys under time/ and perf/ differ between two runs of one seed.</summary>
internal sealed class MetricsFile : IDisposable
{
    private readonly FileStream _file;

    private MetricsFile(FileStream file) => _file = file;

    /// <summary>Opens the file for the steps after <paramref name="doneStep"/>, dropping lines that a killed process wrote beyond its last checkpoint.</summary>
    public static MetricsFile Open(string path, int doneStep)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(EndOfStep(file, doneStep));
        file.Seek(0, SeekOrigin.End);
        return new MetricsFile(file);
    }

    public void Append(int step, IReadOnlyDictionary<string, double> metrics)
    {
        _file.Write(Line(step, metrics));
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>One line with its line break. A number that is none (NaN, infinite) is null, which JSON can say.</summary>
    public static byte[] Line(int step, IReadOnlyDictionary<string, double> metrics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            foreach (var (name, value) in MetricNames.Ordered(metrics))
            {
                if (double.IsFinite(value))
                    json.WriteNumber(name, value);
                else
                    json.WriteNull(name);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static long EndOfStep(FileStream file, int doneStep)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = 0;
        while (Array.IndexOf(bytes, (byte)'\n', end) is var next and >= 0 && StepOf(bytes.AsMemory(end, next - end)) is { } step && step <= doneStep)
            end = next + 1;
        return end;
    }

    private static int? StepOf(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("step", out var step)
                && step.ValueKind == JsonValueKind.Number
                && step.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
