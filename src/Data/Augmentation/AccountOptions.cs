namespace PairUni.Data.Augmentation;

/// <summary>What annotating costs and may cost.</summary>
public sealed record AccountOptions
{
    /// <summary>Price of a million input tokens, in any currency; 0 counts tokens only.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>Price of a million output tokens.</summary>
    public decimal OutputPrice { get; init; }

    /// <summary>Most that all answers in the log and to come may cost; null sets no bound.</summary>
    public decimal? Money { get; init; }

    /// <summary>Most tokens that all answers in the log and to come may use.</summary>
    public long? Tokens { get; init; }

    /// <summary>What tokens cost.</summary>
    public decimal Price(TokenCount tokens) => ((tokens.Input * InputPrice) + (tokens.Output * OutputPrice)) / 1_000_000m;
}
