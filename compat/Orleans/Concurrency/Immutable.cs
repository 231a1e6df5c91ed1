namespace Orleans.Concurrency;

/// <summary>Says that nobody changes <paramref name="value"/> any more, so that it need not be copied.</summary>
[Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value itself.</summary>
    public readonly T Value = value;
}
