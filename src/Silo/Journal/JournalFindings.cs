namespace PairUni.Silo;

/// <summary>Collects what is broken, at the line that is being read.</summary>
internal sealed class JournalFindings
{
    private readonly List<JournalFinding> _all = [];

    public IReadOnlyList<JournalFinding> All => _all;

    /// <summary>The line that is being read, from 1.</summary>
    public int Line { get; set; }

    public void Add(JournalRule rule, string sentence) => _all.Add(new(Line, rule, sentence));
}
