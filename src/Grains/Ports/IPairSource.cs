namespace PairUni.Grains;

/// <summary>The order of the data: which pair each slot of each step trains. A function of the run's seed alone.</summary>
public interface IPairSource
{
    /// <summary>Pairs in the data.</summary>
    int Count { get; }

    /// <summary>The pair of a slot (from 0) of a step (from 1).</summary>
    PairWork Get(int step, int slot);
}
