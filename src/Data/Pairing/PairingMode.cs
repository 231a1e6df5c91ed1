namespace PairUni.Data.Pairing;

/// <summary>What shares a pair: the method and its two ablations.</summary>
public enum PairingMode
{
    /// <summary>The halves that the data pairs.</summary>
    Paired,

    /// <summary>Every generation half gets an understanding half at random, the same one throughout.</summary>
    Random,

    /// <summary>The halves come in two orders of their own and belong together only by chance.</summary>
    Unpaired,
}
