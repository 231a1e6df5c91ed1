using System.Numerics;
using System.Runtime.CompilerServices;
using PairUni.Modeling.Host;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>
/// Group normalisation followed by swish. Without gradients on the host it is one pass over each group, in place where
/// allowed; a group of the maps met here fits the first cache, so this costs a fraction of the separate operators.
/// </summary>
internal static class NormSwish
{
    /// <param name="mayOverwrite">Whether <paramref name="x_BCHW"/> is no longer needed afterwards.</param>
    public static Tensor Apply(GroupNormLayer norm, Tensor x_BCHW, bool mayOverwrite)
    {
        if (is_grad_enabled() || x_BCHW.device_type != DeviceType.CPU || x_BCHW.dtype != ScalarType.Float32 || !x_BCHW.is_contiguous())
            return F.silu(norm.forward(x_BCHW), inplace: true);
        Tensor to_BCHW = mayOverwrite ? x_BCHW : empty_like(x_BCHW);
        using Tensor weight = norm.weight.detach().to_type(ScalarType.Float32);
        using Tensor bias = norm.bias.detach().to_type(ScalarType.Float32);
        Run(x_BCHW, weight, bias, to_BCHW, (int)norm.Groups, (float)norm.Eps);
        return to_BCHW;
    }

    private static unsafe void Run(Tensor x_BCHW, Tensor weight_C, Tensor bias_C, Tensor to_BCHW, int groups, float eps)
    {
        float* x = HostMemory.Pointer(x_BCHW), to = HostMemory.Pointer(to_BCHW);
        float* weight = HostMemory.Pointer(weight_C), bias = HostMemory.Pointer(bias_C);
        int area = (int)(x_BCHW.size(2) * x_BCHW.size(3));
        int channels = (int)x_BCHW.size(1) / groups;
        long count = x_BCHW.size(0) * groups;
        for (long g = 0; g < count; g++)
        {
            long start = g * channels * area;
            (float mean, float scale) = Moments(x + start, channels * area, eps);
            for (int c = 0; c < channels; c++)
            {
                int channel = (int)(g % groups) * channels + c;
                float slope = scale * weight[channel];
                long offset = start + (long)c * area;
                Swish(x + offset, to + offset, area, slope, bias[channel] - mean * slope);
            }
        }
    }

    // Two passes, so that the variance does not suffer from a large mean.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (float Mean, float Scale) Moments(float* x, int count, float eps)
    {
        int lanes = Vector<float>.Count;
        Vector<float> a = Vector<float>.Zero, b = a;
        int i = 0;
        for (; i <= count - 2 * lanes; i += 2 * lanes)
        {
            a += Vector.Load(x + i);
            b += Vector.Load(x + i + lanes);
        }
        double sum = Vector.Sum(a + b);
        for (int rest = i; rest < count; rest++)
            sum += x[rest];
        float mean = (float)(sum / count);

        var means = new Vector<float>(mean);
        (a, b) = (Vector<float>.Zero, Vector<float>.Zero);
        for (i = 0; i <= count - 2 * lanes; i += 2 * lanes)
        {
            Vector<float> left = Vector.Load(x + i) - means;
            Vector<float> right = Vector.Load(x + i + lanes) - means;
            a = Vector.FusedMultiplyAdd(left, left, a);
            b = Vector.FusedMultiplyAdd(right, right, b);
        }
        double squares = Vector.Sum(a + b);
        for (int rest = i; rest < count; rest++)
            squares += (x[rest] - mean) * (x[rest] - mean);
        return (mean, (float)(1 / Math.Sqrt(squares / count + eps)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Swish(float* x, float* to, int count, float slope, float shift)
    {
        int lanes = Vector<float>.Count;
        var slopes = new Vector<float>(slope);
        var shifts = new Vector<float>(shift);
        int i = 0;
        for (; i <= count - lanes; i += lanes)
        {
            Vector<float> y = Vector.FusedMultiplyAdd(Vector.Load(x + i), slopes, shifts);
            HostMath.Silu(y).Store(to + i);
        }
        for (; i < count; i++)
        {
            float y = x[i] * slope + shift;
            to[i] = y / (1 + MathF.Exp(-y));
        }
    }
}
