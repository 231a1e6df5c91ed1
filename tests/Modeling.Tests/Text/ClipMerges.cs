namespace PairUni.Modeling.Tests.Text;

/// <summary>A stand-in for CLIP's vocabulary: fixtures/clip_merges.txt has the rank and the symbols of those of its merges that can occur in the prompts of the tests.</summary>
internal static class ClipMerges
{
    private const int Count = 48894;

    /// <summary>As many merges as CLIP has; those that join nothing in the prompts keep the others at their ranks.</summary>
    internal static string[] Padded()
    {
        var merges = new string[Count];
        foreach (var line in File.ReadLines(Fixture.Text("clip_merges.txt")))
        {
            var parts = line.Split(' ');
            merges[int.Parse(parts[0])] = $"{parts[1]} {parts[2]}";
        }
        using var fillers = Fillers().GetEnumerator();
        for (var i = 0; i < Count; i++)
        {
            if (merges[i] is null && fillers.MoveNext())
                merges[i] = fillers.Current;
        }
        return merges;
    }

    // Words of the symbols for control bytes, which no prompt holds; each is a shorter one and a symbol.
    private static IEnumerable<string> Fillers()
    {
        var alphabet = Enumerable.Range(0x100, 32).Select(code => ((char)code).ToString()).ToArray();
        var words = new Queue<string>(alphabet);
        while (true)
        {
            var word = words.Dequeue();
            foreach (var symbol in alphabet)
            {
                yield return $"{word} {symbol}";
                words.Enqueue(word + symbol);
            }
        }
    }
}
