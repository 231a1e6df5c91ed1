namespace PairUni.Data.Augmentation;

/// <summary>Tokens that go in, images included, and tokens that come out.</summary>
public readonly record struct TokenCount(long Input, long Output)
{
    /// <summary>Both.</summary>
    public long Total => Input + Output;

    public static TokenCount operator +(TokenCount a, TokenCount b) => new(a.Input + b.Input, a.Output + b.Output);

    public static TokenCount operator -(TokenCount a, TokenCount b) => new(a.Input - b.Input, a.Output - b.Output);
}
