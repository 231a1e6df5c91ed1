namespace PairUni.Data.Pairing;

/// <summary>
/// Matches two pools one to one by decreasing cosine, exactly as sorting all edges would, without holding the edges: each generation
/// sample has a short list of its nearest free partners, made anew when all of them are taken.
/// </summary>
internal sealed class GreedyMatching
{
    private const int Listed = 8;
    private const int Kept = 32;
    private const int RefillBatch = 256;
    private readonly NearestRows nearest;
    private readonly FeatureMatrix generate;
    private readonly bool[] freeUnderstand;
    private readonly float threshold;
    private readonly Neighbours[] lists;
    private readonly int[] next;
    private readonly PriorityQueue<int, (float Falling, int Generate, int Understand)> edges = new();
    private readonly PriorityQueue<int, (float Falling, int Generate)> exhausted = new();

    /// <param name="understand">Vectors of length 1.</param>
    /// <param name="generate">Vectors of length 1.</param>
    /// <param name="usedUnderstand">Samples that are not to be matched.</param>
    /// <param name="threshold">Least cosine, 0 to 1.</param>
    public GreedyMatching(FeatureMatrix understand, FeatureMatrix generate, IReadOnlySet<int> usedUnderstand, double threshold)
    {
        nearest = new NearestRows(understand);
        this.generate = generate;
        this.threshold = (float)threshold;
        freeUnderstand = [.. Enumerable.Range(0, understand.Count).Select(u => !usedUnderstand.Contains(u))];
        (lists, next) = (new Neighbours[generate.Count], new int[generate.Count]);
    }

    /// <summary>Times that lists had to be made anew.</summary>
    public int Refills { get; private set; }

    /// <summary>Matches.</summary>
    /// <param name="usedGenerate">Samples that are not to be matched.</param>
    /// <param name="most">Number of pairs to stop at.</param>
    /// <param name="done">Told how many samples of the generation pool were compared so far; from any thread.</param>
    /// <returns>Pairs, most similar first; ties go to the smaller generation index, then the smaller understanding index.</returns>
    public IReadOnlyList<RetrievedPair> Run(IReadOnlySet<int> usedGenerate, int most, Action<int>? done = null)
    {
        Fill([.. Enumerable.Range(0, generate.Count).Where(g => !usedGenerate.Contains(g))], done);
        var pairs = new List<RetrievedPair>();
        while (pairs.Count < most && (edges.Count > 0 || exhausted.Count > 0))
        {
            var edge = edges.TryPeek(out _, out var top) ? -top.Falling : float.NegativeInfinity;
            if (exhausted.TryPeek(out _, out var bound) && -bound.Falling >= edge)
            {
                Refill();
                continue;
            }
            var g = edges.Dequeue();
            var u = lists[g].Rows[next[g]];
            if (freeUnderstand[u])
            {
                freeUnderstand[u] = false;
                pairs.Add(new RetrievedPair(u, g, lists[g].Similarities[next[g]]));
                lists[g] = default;
            }
            else
            {
                Queue(g);
            }
        }
        return pairs;
    }

    private void Refill()
    {
        var batch = new List<int>();
        while (batch.Count < RefillBatch && exhausted.TryDequeue(out var g, out _))
            batch.Add(g);
        Refills += batch.Count;
        Fill(batch, null);
    }

    private void Fill(IReadOnlyList<int> samples, Action<int>? done)
    {
        var found = nearest.Find(generate, samples, Listed, Kept, threshold, freeUnderstand, done);
        for (var i = 0; i < samples.Count; i++)
        {
            (lists[samples[i]], next[samples[i]]) = (found[i], 0);
            Queue(samples[i]);
        }
    }

    // Puts a sample's nearest free partner into the queue, or notes that its list is at an end.
    private void Queue(int g)
    {
        var list = lists[g];
        while (next[g] < list.Rows.Length && !freeUnderstand[list.Rows[next[g]]])
            next[g]++;
        if (next[g] < list.Rows.Length)
            edges.Enqueue(g, (-list.Similarities[next[g]], g, list.Rows[next[g]]));
        else if (list.Rest is { } rest)
            exhausted.Enqueue(g, (-rest, g));
    }
}
