using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace PairUni.Silo;

/// <summary>One instrument's values by their labels, and how Prometheus writes them. Counters add up; of gauges the last value counts.</summary>
public sealed class MetricFamily
{
    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly bool _isCounter;
    private readonly bool _isObservable;
    private readonly string _help;

    public MetricFamily(Instrument instrument)
    {
        _isCounter = instrument.GetType().GetGenericTypeDefinition() == typeof(Counter<>);
        _isObservable = instrument.IsObservable;
        _help = Escape(instrument.Description ?? "");
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" };
        Name = instrument.Name.Replace('.', '_') + unit + (_isCounter ? "_total" : "");
    }

    /// <summary>Name in the text: dots become underscores, then the unit, then <c>_total</c> for counters.</summary>
    public string Name { get; }

    /// <summary>Takes a value; labels must come in the same order each time.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var text = Labels(labels);
        lock (_lock) _values[text] = _isCounter ? _values.GetValueOrDefault(text) + value : value;
    }

    /// <summary>Forgets the values of an instrument that is asked at every reading: what it no longer names is gone.</summary>
    public void BeginReading()
    {
        if (!_isObservable) return;
        lock (_lock) _values.Clear();
    }

    /// <summary>Writes the family; nothing when it has no value yet.</summary>
    public void WriteTo(StringBuilder text)
    {
        lock (_lock)
        {
            if (_values.Count == 0) return;
            text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(_isCounter ? " counter\n" : " gauge\n");
            foreach (var (labels, value) in _values) text.Append(Name).Append(labels).Append(' ').Append(Number(value)).Append('\n');
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty) return "";
        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
            text.Append(text.Length > 1 ? "," : "").Append(name).Append("=\"").Append(Escape(value?.ToString() ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        return text.Append('}').ToString();
    }

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString(CultureInfo.InvariantCulture);
}
