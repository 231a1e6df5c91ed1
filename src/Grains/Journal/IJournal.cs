using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The account of a run, from which the rules of delivery can be proved afterwards.</summary>
public interface IJournal
{
    /// <summary>Adds an entry; cheap, ordered, from any thread.</summary>
    void Append(JournalEntry entry);
}
