namespace PairUni.Algorithms;

/// <summary>
/// Collects named values and reduces each name to one number. The result depends on the values alone, to the last bit, never on the
/// order in which they arrived.
/// </summary>
public sealed class MetricReducer
{
    private readonly SortedDictionary<string, List<(double Value, double Weight)>> _means = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _maxima = new(StringComparer.Ordinal);

    /// <summary>Adds a value to the weighted mean <paramref name="name"/>; weights of 0 count for nothing.</summary>
    public void Mean(string name, double value, double weight = 1)
    {
        if (weight < 0) throw new ArgumentOutOfRangeException(nameof(weight), weight, $"metric '{name}' cannot weigh less than 0");
        if (weight == 0) return;
        if (!_means.TryGetValue(name, out var values)) _means.Add(name, values = []);
        values.Add((value, weight));
    }

    /// <summary>Adds a value to the maximum <paramref name="name"/>.</summary>
    public void Max(string name, double value) =>
        _maxima[name] = _maxima.TryGetValue(name, out var old) ? Math.Max(old, value) : value;

    /// <summary>Everything reduced, by name in ordinal order.</summary>
    public SortedDictionary<string, double> Reduce()
    {
        var result = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, values) in _means)
        {
            values.Sort();
            result[name] = values.Sum(v => v.Value * v.Weight) / values.Sum(v => v.Weight);
        }

        foreach (var (name, value) in _maxima) result[name] = value;
        return result;
    }
}
