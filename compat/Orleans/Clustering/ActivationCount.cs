namespace Orleans.Clustering;

/// <summary>How many activations another silo has: what it last said, and those that were placed there since.</summary>
internal sealed class ActivationCount
{
    private int _value;

    public int Value => Volatile.Read(ref _value);

    public void Set(int value) => Volatile.Write(ref _value, value);

    public void Add() => Interlocked.Increment(ref _value);
}
