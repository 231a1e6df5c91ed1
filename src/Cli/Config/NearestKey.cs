namespace PairUni.Cli.Config;

/// <summary>Finds what somebody most likely meant, by edit distance (Levenshtein, with swapped neighbours as one edit).</summary>
internal static class NearestKey
{
    /// <returns>The nearest candidate. A candidate also matches by its last part, at half an edit more, so that a key in the wrong section is found.</returns>
    public static string Of(string word, IEnumerable<string> candidates) =>
        candidates.MinBy(c => Math.Min(Distance(word, c), Distance(LastPart(word), LastPart(c)) + 0.5))!;

    /// <summary>Edits that turn one word into the other.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];
}
