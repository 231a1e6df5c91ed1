using System.Numerics;

namespace PairUni.Modeling.Janus.Decoding;

/// <summary>The elementwise and attention arithmetic of one decoding step over float32 memory of the host, in vector registers.</summary>
internal static unsafe class HostKernels
{
    /// <summary>to = x / sqrt(mean(x^2) + eps) * weight.</summary>
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
    public static void SwiGlu(float* gate, float* up, float* to, int width)
    {
        int lanes = Vector<float>.Count;
        int i = 0;
        for (; i <= width - lanes; i += lanes)
        {
            Vector<float> g = Vector.Load(gate + i);
            (g / (Vector<float>.One + Vector.Exp(-g)) * Vector.Load(up + i)).Store(to + i);
        }
        for (; i < width; i++)
            to[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
    }

    /// <summary>to = x * cos + swapped(x) * sin, halves swapped; the sines carry the sign. May not overlap.</summary>
    public static void Rotate(float* x, float* cos, float* sin, float* to, int width, int toStride, float scale)
    {
        int half = width / 2;
        for (int i = 0; i < half; i++)
        {
            to[i * toStride] = (x[i] * cos[i] + x[i + half] * sin[i]) * scale;
            to[(i + half) * toStride] = (x[i + half] * cos[i + half] + x[i] * sin[i + half]) * scale;
        }
    }

    /// <summary>scores[t] = sum over h of q[h] * keys[h * stride + t], for <paramref name="count"/> keys; writes up to a full vector beyond.</summary>
    public static void Scores(float* q, float* keys, int width, int stride, int count, float* scores)
    {
        int lanes = Vector<float>.Count;
        int t = 0;
        for (; t + 3 * lanes < count; t += 4 * lanes)
        {
            Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
            for (int h = 0; h < width; h++)
            {
                var query = new Vector<float>(q[h]);
                float* row = keys + (long)h * stride + t;
                a = Vector.FusedMultiplyAdd(query, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(query, Vector.Load(row + lanes), b);
                c = Vector.FusedMultiplyAdd(query, Vector.Load(row + 2 * lanes), c);
                d = Vector.FusedMultiplyAdd(query, Vector.Load(row + 3 * lanes), d);
            }
            a.Store(scores + t);
            b.Store(scores + t + lanes);
            c.Store(scores + t + 2 * lanes);
            d.Store(scores + t + 3 * lanes);
        }
        for (; t < count; t += lanes)
        {
            Vector<float> a = Vector<float>.Zero;
            for (int h = 0; h < width; h++)
                a = Vector.FusedMultiplyAdd(new Vector<float>(q[h]), Vector.Load(keys + (long)h * stride + t), a);
            a.Store(scores + t);
        }
    }

    /// <summary>exp(scores - max) in place; returns 1 / sum.</summary>
    public static float Softmax(float* scores, int count)
    {
        int lanes = Vector<float>.Count;
        float max = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
            max = MathF.Max(max, scores[i]);
        var maxima = new Vector<float>(max);
        int t = 0;
        Vector<float> sums = Vector<float>.Zero;
        for (; t <= count - lanes; t += lanes)
        {
            Vector<float> value = Vector.Exp(Vector.Load(scores + t) - maxima);
            value.Store(scores + t);
            sums += value;
        }
        float sum = Vector.Sum(sums);
        for (; t < count; t++)
        {
            scores[t] = MathF.Exp(scores[t] - max);
            sum += scores[t];
        }
        return 1 / sum;
    }

    /// <summary>to[h] += sum over t of weights[t] * values[t * width + h].</summary>
    public static void Mix(float* weights, float* values, int width, int count, float* to)
    {
        int lanes = Vector<float>.Count;
        int h = 0;
        for (; h <= width - lanes; h += lanes)
        {
            Vector<float> even = Vector.Load(to + h);
            Vector<float> odd = Vector<float>.Zero;
            float* column = values + h;
            int t = 0;
            for (; t + 1 < count; t += 2)
            {
                even = Vector.FusedMultiplyAdd(new Vector<float>(weights[t]), Vector.Load(column + (long)t * width), even);
                odd = Vector.FusedMultiplyAdd(new Vector<float>(weights[t + 1]), Vector.Load(column + (long)(t + 1) * width), odd);
            }
            if (t < count)
                even = Vector.FusedMultiplyAdd(new Vector<float>(weights[t]), Vector.Load(column + (long)t * width), even);
            (even + odd).Store(to + h);
        }
        for (; h < width; h++)
        {
            float sum = to[h];
            for (int t = 0; t < count; t++)
                sum += weights[t] * values[(long)t * width + h];
            to[h] = sum;
        }
    }
}
