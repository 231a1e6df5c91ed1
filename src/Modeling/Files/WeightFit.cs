namespace PairUni.Modeling.Files;

/// <summary>Holds what a folder has against what a model wants, tensor by tensor, and tells every difference in one sentence.</summary>
internal sealed class WeightFit(CheckpointFolder folder, WeightNames names)
{
    // Enough to see the pattern; the counts tell the rest.
    private const int Named = 5;

    private readonly List<string> _missing = [];
    private readonly List<string> _misshapen = [];
    private readonly List<string> _mistyped = [];

    /// <param name="wanted">Names and shapes of the model's parameters.</param>
    /// <exception cref="ModelFileException">Something is missing, extra, misshapen or not of a floating type.</exception>
    public void Check(IEnumerable<(string Name, long[] Shape)> wanted)
    {
        var used = new HashSet<string>();
        foreach ((string name, long[] shape) in wanted)
        {
            string[] parts = names.Of(name);
            long[] expected = parts.Length == 1 ? shape : [shape[0] / parts.Length, .. shape[1..]];
            used.UnionWith(parts);
            foreach (string part in parts)
                Compare(part, expected);
        }
        string[] extra = [.. folder.Names.Where(name => !used.Contains(name) && !names.IsUnused(name)).Order(StringComparer.Ordinal).Select(name => $"{name} of shape {folder[name].ShapeText}")];
        string[] faults =
        [
            .. Fault(_missing, "has no tensor", "has none of these"),
            .. Fault(extra, "holds a tensor that the model does not have:", "holds tensors that the model does not have,"),
            .. Fault(_misshapen, "gives another shape than config.json to", "gives other shapes than config.json to"),
            .. Fault(_mistyped, "has no floating type for", "has no floating types for"),
        ];
        if (faults.Length > 0)
            throw new ModelFileException($"{folder.Where} {string.Join(", and ", faults)}; give complete weights and the config.json that belongs to them.");
    }

    private void Compare(string name, long[] expected)
    {
        if (!folder.Names.Contains(name))
        {
            _missing.Add($"{name} (expected with shape {StoredTensor.Text(expected)})");
            return;
        }
        StoredTensor stored = folder[name];
        if (!Significant(stored.Shape).SequenceEqual(Significant(expected)))
            _misshapen.Add($"{name} ({stored.ShapeText} where {StoredTensor.Text(expected)} is expected)");
        else if (!stored.IsFloating)
            _mistyped.Add($"{name} ({SafetensorsDtype.Name(stored.Dtype)})");
    }

    // Position tables come with or without a leading dimension of one.
    private static IEnumerable<long> Significant(long[] shape) => shape.SkipWhile(size => size == 1);

    private static IEnumerable<string> Fault(IReadOnlyList<string> tensors, string one, string many)
    {
        if (tensors.Count == 0)
            yield break;
        string rest = tensors.Count > Named ? $" and {tensors.Count - Named} more" : "";
        yield return $"{(tensors.Count == 1 ? one : $"{many} {tensors.Count}:")} {string.Join(", ", tensors.Take(Named))}{rest}";
    }
}
