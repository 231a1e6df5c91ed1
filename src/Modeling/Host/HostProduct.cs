using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Host;

// B rows, D input width, O output width

/// <summary>
/// Products of a few float32 rows with a large matrix on the host, in float32 or bfloat16. Decoding reads every weight once a token, so its
/// time is that of the memory traffic: a weight is read as it lies, and one of two bytes is widened in registers.
/// </summary>
internal static unsafe class HostProduct
{
    // From here on one product of widened weights is faster.
    private const long MostRows = 96;
    private const int Outputs = 4;

    // Below this many weights a thread costs more than it saves.
    private const long WeightsPerThread = 1 << 19;

    /// <summary>Whether <see cref="Run(Tensor, Tensor)"/> takes these: few rows, float32 times bfloat16, on the host and without gradients.</summary>
    public static bool Suits(Tensor x, Tensor weight_OD) =>
        weight_OD.dtype == ScalarType.BFloat16 && x.dtype == ScalarType.Float32 && x.device_type == DeviceType.CPU && !is_grad_enabled()
        && FillsVectors(weight_OD.size(1)) && x.numel() <= MostRows * weight_OD.size(1) && weight_OD.is_contiguous();

    /// <summary>Whether a width is one that the products take.</summary>
    public static bool FillsVectors(long width) => width % (2 * Vector<float>.Count) == 0;

    /// <summary>x W^T, [..., D] to [..., O].</summary>
    public static Tensor Run(Tensor x, Tensor weight_OD)
    {
        long[] shape = x.shape;
        Tensor to = empty([.. shape[..^1], weight_OD.size(0)]);
        using Tensor rows_BD = x.detach().reshape(-1, shape[^1]).contiguous();
        using Tensor weight = weight_OD.detach();
        Run(rows_BD, weight, to, add: false);
        return to;
    }

    /// <summary>to = (add ? to : 0) + x W^T: x [B, D] float32, weight [O, D] float32 or bfloat16, to [B, O] float32, all of them contiguous.</summary>
    public static void Run(Tensor x_BD, Tensor weight_OD, Tensor to_BO, bool add)
    {
        (int rows, int outputs, int width) = ((int)x_BD.size(0), (int)weight_OD.size(0), (int)weight_OD.size(1));
        float* to = HostMemory.Pointer(to_BO);
        if (weight_OD.dtype == ScalarType.Float32)
        {
            Run<float, Whole>(HostMemory.Pointer(x_BD), rows, HostMemory.Pointer(weight_OD), outputs, width, to, add);
            return;
        }
        using Tensor sorted_BD = empty(rows, width);
        Sort(HostMemory.Pointer(x_BD), HostMemory.Pointer(sorted_BD), (long)rows * width);
        Run<ushort, Halves>(HostMemory.Pointer(sorted_BD), rows, (ushort*)HostMemory.Pointer(weight_OD), outputs, width, to, add);
    }

    private static void Run<T, TStored>(float* x, int rows, T* weight, int outputs, int width, float* to, bool add)
        where T : unmanaged
        where TStored : IStored<T>
    {
        int threads = (int)Math.Clamp((long)outputs * width / WeightsPerThread, 1, get_num_threads());
        if (threads == 1)
        {
            Range<T, TStored>(x, rows, weight, 0, outputs, outputs, width, to, add);
            return;
        }
        int share = ((outputs + threads - 1) / threads + Outputs - 1) / Outputs * Outputs;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads },
            part => Range<T, TStored>(x, rows, weight, Math.Min(part * share, outputs), Math.Min((part + 1) * share, outputs), outputs, width, to, add));
    }

    // A vector of pairs of weights splits into its even and its odd ones, so the rows are laid out alike.
    private static void Sort(float* x, float* sorted, long count)
    {
        int lanes = Vector<float>.Count;
        for (long block = 0; block < count; block += 2 * lanes)
        {
            for (int i = 0; i < lanes; i++)
            {
                sorted[block + i] = x[block + 2 * i];
                sorted[block + lanes + i] = x[block + 2 * i + 1];
            }
        }
    }

    private static void Range<T, TStored>(float* x, int rows, T* weight, int first, int end, int outputs, int width, float* to, bool add)
        where T : unmanaged
        where TStored : IStored<T>
    {
        float* sums = stackalloc float[2 * Outputs];
        for (int o = first; o < end; o += Outputs)
        {
            // The last outputs are computed with the ones before them once more, rather than by a loop of their own.
            int start = Math.Max(Math.Min(o, end - Outputs), 0);
            int count = Math.Min(Outputs, end - start);
            T* tile = weight + (long)start * width;
            for (int b = 0; b < rows; b += 2)
            {
                int second = Math.Min(b + 1, rows - 1);
                if (count == Outputs)
                    Tile<T, TStored>(tile, x + (long)b * width, x + (long)second * width, width, sums);
                else
                    Single<T, TStored>(tile, x + (long)b * width, x + (long)second * width, width, count, sums);
                Store(to + (long)b * outputs, sums, start, o, start + count, add);
                if (second != b)
                    Store(to + (long)second * outputs, sums + Outputs, start, o, start + count, add);
            }
        }
    }

    private static void Store(float* to, float* sums, int start, int first, int end, bool add)
    {
        for (int o = first; o < end; o++)
            to[o] = (add ? to[o] : 0) + sums[o - start];
    }

    // Four outputs of two rows: eight sums, each weight widened once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TStored>(T* weight, float* x, float* y, int width, float* sums)
        where T : unmanaged
        where TStored : IStored<T>
    {
        int lanes = Vector<float>.Count;
        Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        T* second = weight + width, third = second + width, fourth = third + width;
        for (int i = 0; i < width; i += 2 * lanes)
        {
            Vector<float> xEven = Vector.Load(x + i), xOdd = Vector.Load(x + i + lanes);
            Vector<float> yEven = Vector.Load(y + i), yOdd = Vector.Load(y + i + lanes);

            TStored.Load(weight + i, out Vector<float> even, out Vector<float> odd);
            a = Vector.FusedMultiplyAdd(odd, xOdd, Vector.FusedMultiplyAdd(even, xEven, a));
            e = Vector.FusedMultiplyAdd(odd, yOdd, Vector.FusedMultiplyAdd(even, yEven, e));

            TStored.Load(second + i, out even, out odd);
            b = Vector.FusedMultiplyAdd(odd, xOdd, Vector.FusedMultiplyAdd(even, xEven, b));
            f = Vector.FusedMultiplyAdd(odd, yOdd, Vector.FusedMultiplyAdd(even, yEven, f));

            TStored.Load(third + i, out even, out odd);
            c = Vector.FusedMultiplyAdd(odd, xOdd, Vector.FusedMultiplyAdd(even, xEven, c));
            g = Vector.FusedMultiplyAdd(odd, yOdd, Vector.FusedMultiplyAdd(even, yEven, g));

            TStored.Load(fourth + i, out even, out odd);
            d = Vector.FusedMultiplyAdd(odd, xOdd, Vector.FusedMultiplyAdd(even, xEven, d));
            h = Vector.FusedMultiplyAdd(odd, yOdd, Vector.FusedMultiplyAdd(even, yEven, h));
        }
        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(a), Vector.Sum(b), Vector.Sum(c), Vector.Sum(d));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector.Sum(e), Vector.Sum(f), Vector.Sum(g), Vector.Sum(h));
    }

    // Fewer outputs than a tile has.
    private static void Single<T, TStored>(T* weight, float* x, float* y, int width, int count, float* sums)
        where T : unmanaged
        where TStored : IStored<T>
    {
        int lanes = Vector<float>.Count;
        for (int o = 0; o < count; o++)
        {
            Vector<float> a = Vector<float>.Zero, b = a;
            for (int i = 0; i < width; i += 2 * lanes)
            {
                TStored.Load(weight + (long)o * width + i, out Vector<float> even, out Vector<float> odd);
                a = Vector.FusedMultiplyAdd(odd, Vector.Load(x + i + lanes), Vector.FusedMultiplyAdd(even, Vector.Load(x + i), a));
                b = Vector.FusedMultiplyAdd(odd, Vector.Load(y + i + lanes), Vector.FusedMultiplyAdd(even, Vector.Load(y + i), b));
            }
            (sums[o], sums[Outputs + o]) = (Vector.Sum(a), Vector.Sum(b));
        }
    }

    // Two vectors of weights from memory, in the order in which the rows lie.
    private interface IStored<T>
        where T : unmanaged
    {
        static abstract void Load(T* from, out Vector<float> even, out Vector<float> odd);
    }

    private readonly struct Whole : IStored<float>
    {
        public static void Load(float* from, out Vector<float> even, out Vector<float> odd) =>
            (even, odd) = (Vector.Load(from), Vector.Load(from + Vector<float>.Count));
    }

    private readonly struct Halves : IStored<ushort>
    {
        public static void Load(ushort* from, out Vector<float> even, out Vector<float> odd)
        {
            Vector<uint> pairs = Vector.Load((uint*)from);
            (even, odd) = (Vector.AsVectorSingle(Vector.ShiftLeft(pairs, 16)), Vector.AsVectorSingle(pairs & new Vector<uint>(0xFFFF0000)));
        }
    }
}
