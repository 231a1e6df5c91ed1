using System.Runtime.Intrinsics;

namespace PairUni.Data.Pairing;

/// <summary>Dot products of feature vectors.</summary>
internal static class VectorMath
{
    private const int Lanes = 8;

    /// <summary>Sum of products, added up in eight fixed lanes whatever the processor's vector width, so that results repeat everywhere.</summary>
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector256<float>.Zero;
        var i = 0;
        for (; i + Lanes <= a.Length; i += Lanes)
            sum += Vector256.Create(a.Slice(i, Lanes)) * Vector256.Create(b.Slice(i, Lanes));
        var total = 0f;
        for (var lane = 0; lane < Lanes; lane++)
            total += sum[lane];
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }
}
