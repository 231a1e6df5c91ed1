using System.Numerics;
using System.Runtime.CompilerServices;

namespace PairUni.Modeling.Host;

/// <summary>
/// The elementwise and attention arithmetic of one decoding step over float32 memory of the host, in vector registers.
/// Rows of scores, keys and values are padded to whole vectors, so that no loop needs a scalar tail.
/// </summary>
internal static unsafe class HostKernels
{
    /// <summary>The next multiple of the vector width.</summary>
    public static int Padded(int count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>to = x / sqrt(mean(x^2) + eps) * weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RmsNorm(float* x, float* weight, float* to, int width, float eps)
    {
        int lanes = Vector<float>.Count;
        Vector<float> squares = Vector<float>.Zero;
        int i = 0;
        for (; i <= width - lanes; i += lanes)
        {
            Vector<float> value = Vector.Load(x + i);
            squares = Vector.FusedMultiplyAdd(value, value, squares);
        }
        float sum = Vector.Sum(squares);
        for (; i < width; i++)
            sum += x[i] * x[i];
        float scale = 1 / MathF.Sqrt(sum / width + eps);
        var scales = new Vector<float>(scale);
        for (i = 0; i <= width - lanes; i += lanes)
            (Vector.Load(x + i) * scales * Vector.Load(weight + i)).Store(to + i);
        for (; i < width; i++)
            to[i] = x[i] * scale * weight[i];
    }

    /// <summary>to = silu(gate) * up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(float* gate, float* up, float* to, int width)
    {
        int lanes = Vector<float>.Count;
        int i = 0;
        for (; i <= width - lanes; i += lanes)
            (HostMath.Silu(Vector.Load(gate + i)) * Vector.Load(up + i)).Store(to + i);
        for (; i < width; i++)
            to[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
    }

    /// <summary>to[i * stride] = (x * cos + swapped(x) * sin)[i] * scale, halves swapped; the sines carry the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(float* x, float* cos, float* sin, float* to, int width, int stride, float scale)
    {
        int half = width / 2;
        for (int i = 0; i < half; i++)
        {
            (float left, float right) = (x[i], x[i + half]);
            to[i * stride] = (left * cos[i] + right * sin[i]) * scale;
            to[(i + half) * stride] = (right * cos[i + half] + left * sin[i + half]) * scale;
        }
    }

    /// <summary>scores[t] = sum over h of q[h] * keys[h * stride + t], for whole vectors of t up to <paramref name="count"/>; width is even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scores(float* q, float* keys, int width, int stride, int count, float* scores)
    {
        int lanes = Vector<float>.Count;
        int t = 0;
        for (; t + lanes < count; t += 2 * lanes)
        {
            Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
            for (int h = 0; h < width; h += 2)
            {
                float* row = keys + (long)h * stride + t;
                var even = new Vector<float>(q[h]);
                var odd = new Vector<float>(q[h + 1]);
                a = Vector.FusedMultiplyAdd(even, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(even, Vector.Load(row + lanes), b);
                c = Vector.FusedMultiplyAdd(odd, Vector.Load(row + stride), c);
                d = Vector.FusedMultiplyAdd(odd, Vector.Load(row + stride + lanes), d);
            }
            (a + c).Store(scores + t);
            (b + d).Store(scores + t + lanes);
        }
        for (; t < count; t += lanes)
        {
            Vector<float> a = Vector<float>.Zero, c = a;
            for (int h = 0; h < width; h += 2)
            {
                float* row = keys + (long)h * stride + t;
                a = Vector.FusedMultiplyAdd(new Vector<float>(q[h]), Vector.Load(row), a);
                c = Vector.FusedMultiplyAdd(new Vector<float>(q[h + 1]), Vector.Load(row + stride), c);
            }
            (a + c).Store(scores + t);
        }
    }

    /// <summary>exp(scores - max) in place; overwrites up to a whole vector behind; returns 1 / sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Softmax(float* scores, int count)
    {
        int lanes = Vector<float>.Count;
        new Vector<float>(float.NegativeInfinity).Store(scores + count);
        Vector<float> maxima = Vector.Load(scores);
        for (int t = lanes; t < count; t += lanes)
            maxima = Vector.Max(maxima, Vector.Load(scores + t));
        float max = maxima[0];
        for (int i = 1; i < lanes; i++)
            max = MathF.Max(max, maxima[i]);
        maxima = new Vector<float>(max);
        Vector<float> sums = Vector<float>.Zero;
        for (int t = 0; t < count; t += lanes)
        {
            Vector<float> value = HostMath.Exp(Vector.Load(scores + t) - maxima);
            value.Store(scores + t);
            sums += value;
        }
        return 1 / Vector.Sum(sums);
    }

    /// <summary>to[h] = (more ? to[h] : 0) + sum over t of weights[t] * values[t * width + h]; width is whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(float* weights, float* values, int width, int count, float* to, bool more)
    {
        int lanes = Vector<float>.Count;
        int h = 0;
        for (; h + lanes < width; h += 2 * lanes)
        {
            Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
            if (more)
                (a, b) = (Vector.Load(to + h), Vector.Load(to + h + lanes));
            float* row = values + h;
            int t = 0;
            for (; t + 1 < count; t += 2, row += 2 * width)
            {
                var even = new Vector<float>(weights[t]);
                var odd = new Vector<float>(weights[t + 1]);
                a = Vector.FusedMultiplyAdd(even, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(even, Vector.Load(row + lanes), b);
                c = Vector.FusedMultiplyAdd(odd, Vector.Load(row + width), c);
                d = Vector.FusedMultiplyAdd(odd, Vector.Load(row + width + lanes), d);
            }
            if (t < count)
            {
                var last = new Vector<float>(weights[t]);
                a = Vector.FusedMultiplyAdd(last, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(last, Vector.Load(row + lanes), b);
            }
            (a + c).Store(to + h);
            (b + d).Store(to + h + lanes);
        }
        for (; h < width; h += lanes)
        {
            Vector<float> a = more ? Vector.Load(to + h) : Vector<float>.Zero;
            for (int t = 0; t < count; t++)
                a = Vector.FusedMultiplyAdd(new Vector<float>(weights[t]), Vector.Load(values + (long)t * width + h), a);
            a.Store(to + h);
        }
    }
}
