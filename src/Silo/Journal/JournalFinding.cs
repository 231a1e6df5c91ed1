namespace PairUni.Silo;

/// <summary>A rule that the journal breaks.</summary>
/// <param name="Line">The line that shows it, from 1.</param>
/// <param name="Rule">Which one.</param>
/// <param name="Sentence">What happened.</param>
public readonly record struct JournalFinding(int Line, JournalRule Rule, string Sentence)
{
    public override string ToString() => $"line {Line}: {Sentence} ({Rule})";
}
