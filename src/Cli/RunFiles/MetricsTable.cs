using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Cli.RunFiles;

/// <summary>metrics.jsonl read back: steps and one column a metric; a number that a line lacks is NaN.</summary>
internal sealed class MetricsTable
{
    private readonly Dictionary<string, double[]> _columns;

    private MetricsTable(int[] steps, Dictionary<string, double[]> columns)
    {
        Steps = steps;
        _columns = columns;
    }

    public IReadOnlyList<int> Steps { get; }

    public IEnumerable<string> Names => _columns.Keys;

    /// <returns>The metric a step, or null when no line has a number for it.</returns>
    public IReadOnlyList<double>? Column(string name) =>
        _columns.TryGetValue(name, out var column) && column.Any(double.IsFinite) ? column : null;

    /// <summary>Reads the file; a missing one is an empty table, and a torn last line is left out.</summary>
    /// <exception cref="UserErrorException">A whole line is not a JSON object with a step.</exception>
    public static MetricsTable Read(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var steps = new int[lines.Length];
        var columns = new Dictionary<string, double[]>();
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                using var json = JsonDocument.Parse(lines[i]);
                steps[i] = json.RootElement.GetProperty("step").GetInt32();
                foreach (var metric in json.RootElement.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number && m.Name != "step"))
                {
                    if (!columns.TryGetValue(metric.Name, out var column))
                        columns[metric.Name] = column = NaNs(lines.Length);
                    column[i] = metric.Value.GetDouble();
                }
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new UserErrorException($"{path}:{i + 1}: not a metrics line: {fault.Message}", fault);
            }
        }

        return new MetricsTable(steps, columns);
    }

    private static double[] NaNs(int count)
    {
        var column = new double[count];
        Array.Fill(column, double.NaN);
        return column;
    }
}
