namespace PairUni.Data.Pairing;

/// <summary>Chooses pairs so that their categories are as even as the data allow.</summary>
public static class TagBalance
{
    /// <summary>A number of pairs: every tag gets as many as the others until it has no more, each tag's most similar ones first.</summary>
    /// <param name="pairs">Most similar first.</param>
    /// <param name="tag">Tag of a pair.</param>
    /// <param name="count">Pairs wanted.</param>
    /// <returns>In the order of <paramref name="pairs"/>.</returns>
    public static IReadOnlyList<RetrievedPair> Choose(IReadOnlyList<RetrievedPair> pairs, Func<RetrievedPair, string> tag, int count)
    {
        if (pairs.Count <= count)
            return pairs;
        var groups = pairs.Index().GroupBy(entry => tag(entry.Item)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Select(entry => entry.Index).ToArray()).ToArray();
        var chosen = new List<int>(count);
        for (var round = 0; chosen.Count < count; round++)
            chosen.AddRange(groups.Where(group => group.Length > round).Select(group => group[round]).Order().Take(count - chosen.Count));
        return [.. chosen.Order().Select(index => pairs[index])];
    }
}
