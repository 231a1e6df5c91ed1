using PairUni.Contracts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

/// <summary>Chooses which of a model's parameters are trained.</summary>
public static class TrainableParameters
{
    /// <summary>
    /// Stops the gradient of every parameter under one of the prefixes and starts it for all others; returns the others in the
    /// model's order.
    /// </summary>
    /// <param name="freeze">Module or parameter names; a prefix ends at a dot: "gen_head" does not freeze "gen_head2".</param>
    /// <exception cref="UserErrorException">A prefix names nothing in the model, or nothing is left to train.</exception>
    public static IReadOnlyList<(string Name, Parameter Parameter)> Select(nn.Module model, IReadOnlyList<string> freeze)
    {
        var all = model.named_parameters().ToArray();
        foreach (var prefix in freeze)
        {
            if (!all.Any(p => IsUnder(p.Item1, prefix))) throw Unknown(prefix, [.. all.Select(p => p.Item1)]);
        }

        var trainable = new List<(string, Parameter)>();
        foreach (var (name, parameter) in all)
        {
            var train = !freeze.Any(prefix => IsUnder(name, prefix));
            parameter.requires_grad = train;
            if (train) trainable.Add((name, parameter));
        }

        return trainable.Count > 0
            ? trainable
            : throw new UserErrorException("learner.freeze covers every parameter of the model; leave at least one module out of it.");
    }

    private static bool IsUnder(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.');

    private static UserErrorException Unknown(string prefix, string[] parameters)
    {
        var nearest = parameters
            .SelectMany(Prefixes)
            .Distinct()
            .OrderBy(m => EditDistance(m, prefix))
            .ThenBy(m => m, StringComparer.Ordinal)
            .First();
        return new($"learner.freeze names '{prefix}', but the model has no such module; did you mean '{nearest}'?");
    }

    private static IEnumerable<string> Prefixes(string name)
    {
        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1)) yield return name[..dot];
        yield return name;
    }

    // Levenshtein 1966.
    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j - 1], diagonal));
            }
        }

        return row[b.Length];
    }
}
