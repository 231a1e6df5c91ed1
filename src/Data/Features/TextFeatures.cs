using PairUni.Data.Pairing;

namespace PairUni.Data.Features;

/// <summary>Words of a text as a vector of length 1: their counts, hashed, rare words over common ones (tf-idf over both pools).</summary>
public static class TextFeatures
{
    /// <summary>Length of the vectors.</summary>
    public const int Width = 1024;

    /// <summary>One row for each text; a text without words has zeros.</summary>
    public static FeatureMatrix Of(IReadOnlyList<string> texts, IReadOnlyDictionary<string, double> weights)
    {
        var matrix = new FeatureMatrix(texts.Count, Width);
        Parallel.For(0, texts.Count, i =>
        {
            var row = matrix[i];
            row.Clear();
            foreach (var word in Words(texts[i]))
                row[(int)(Hash(word) % Width)] += (float)weights.GetValueOrDefault(word);
            FeatureMatrix.Normalise(row);
        });
        return matrix;
    }

    /// <summary>ln(texts / texts with the word) of every word.</summary>
    public static IReadOnlyDictionary<string, double> Weights(IReadOnlyCollection<string> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in Words(text).Distinct())
                counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts.ToDictionary(count => count.Key, count => Math.Log((1.0 + texts.Count) / count.Value), StringComparer.Ordinal);
    }

    /// <summary>Vectors whose cosine is (1 - share) x that of the images + share x that of the texts.</summary>
    public static FeatureMatrix Join(FeatureMatrix images, FeatureMatrix texts, double share)
    {
        var (joined, image, text) = (new FeatureMatrix(images.Count, images.Width + texts.Width), MathF.Sqrt(1 - (float)share), MathF.Sqrt((float)share));
        Parallel.For(0, images.Count, i =>
        {
            var row = joined[i];
            for (var d = 0; d < images.Width; d++)
                row[d] = image * images[i][d];
            for (var d = 0; d < texts.Width; d++)
                row[images.Width + d] = text * texts[i][d];
        });
        return joined;
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                start = start < 0 ? i : start;
            else if (start >= 0)
            {
                yield return text[start..i].ToLowerInvariant();
                start = -1;
            }
        }
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static uint Hash(string word)
    {
        var hash = 2166136261u;
        foreach (var letter in word)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }
}
