namespace PairUni.Modeling.Text;

/// <summary>Ranked merges of token ids: within a piece the lowest-ranked pair, leftmost first, is joined until none fits.</summary>
internal sealed class BpeMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> merges = [];

    internal int Count { get; private set; }

    /// <summary>Appends a merge, which ranks behind all before it; a pair that is there already keeps its first rank.</summary>
    internal void Add(int left, int right, int merged) => merges.TryAdd((left, right), (Count++, merged));

    /// <summary>Joins the ids of one piece.</summary>
    internal int[] Apply(List<int> ids)
    {
        while (true)
        {
            var (best, at) = ((Rank: int.MaxValue, Merged: 0), -1);
            for (var i = 0; i + 1 < ids.Count; i++)
            {
                if (merges.TryGetValue((ids[i], ids[i + 1]), out var found) && found.Rank < best.Rank)
                    (best, at) = (found, i);
            }
            if (at < 0)
                return [.. ids];
            ids[at] = best.Merged;
            ids.RemoveAt(at + 1);
        }
    }
}
