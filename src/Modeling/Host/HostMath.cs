using System.Numerics;
using System.Runtime.CompilerServices;

namespace PairUni.Modeling.Host;

/// <summary>Functions of vectors in single precision, where the framework's own go through double precision.</summary>
internal static class HostMath
{
    /// <summary>
    /// exp(x), to about one unit in the last place; 0 below -87.3, infinity is never reached (inputs are cut at 88.3).
    /// Cephes' expf: x = n ln 2 + r, a polynomial of degree 6 in r, n added to the exponent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        var low = new Vector<float>(-87.33654f);
        Vector<float> cut = Vector.Min(Vector.Max(x, low), new Vector<float>(88.3f));
        // Adding and subtracting 1.5 * 2^23 rounds to the nearest whole number.
        var magic = new Vector<float>(12582912f);
        Vector<float> shifted = Vector.FusedMultiplyAdd(cut, new Vector<float>(1.44269504f), magic);
        Vector<float> n = shifted - magic;
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-0.693359375f), cut);
        r = Vector.FusedMultiplyAdd(n, new Vector<float>(2.12194440e-4f), r);
        Vector<float> p = new(1.9875691500e-4f);
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1.3981999507e-3f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(8.3334519073e-3f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(4.1665795894e-2f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1.6666665459e-1f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(5.0000001201e-1f));
        Vector<float> y = Vector.FusedMultiplyAdd(p, r * r, r + Vector<float>.One);
        Vector<int> exponent = Vector.ShiftLeft(Vector.ConvertToInt32(n), 23);
        Vector<float> scaled = Vector.AsVectorSingle(Vector.AsVectorInt32(y) + exponent);
        return Vector.ConditionalSelect(Vector.LessThan(x, low), Vector<float>.Zero, scaled);
    }

    /// <summary>x / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Silu(Vector<float> x) => x / (Vector<float>.One + Exp(-x));
}
