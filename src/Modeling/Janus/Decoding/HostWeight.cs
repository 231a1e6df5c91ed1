using PairUni.Modeling.Host;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// B rows, D input width, O output width

/// <summary>
/// One weight of a decoding run. In float32 the tensor library multiplies, with the weight turned over where that pays; in bfloat16
/// <see cref="HostProduct"/> does, over the weight as it lies.
/// </summary>
internal sealed unsafe class HostWeight
{
    // Products with weights laid out by input are a third faster; turning them over pays from about this many steps on.
    private const int StepsThatPayForCopies = 12;
    private const long LargestCopy = 16 << 20;

    private readonly bool _isNarrow;

    /// <param name="weight_OD">float32 or bfloat16.</param>
    /// <param name="steps">How many products there will be.</param>
    public HostWeight(Tensor weight_OD, int steps)
    {
        _isNarrow = weight_OD.dtype == ScalarType.BFloat16;
        using Tensor plain_OD = weight_OD.detach();
        if (_isNarrow)
        {
            Values = plain_OD.alias();
            return;
        }
        Tensor turned_DO = plain_OD.t();
        Values = steps >= StepsThatPayForCopies && weight_OD.numel() <= LargestCopy ? turned_DO.contiguous() : turned_DO;
    }

    /// <summary>[O, D] in bfloat16, [D, O] in float32.</summary>
    public Tensor Values { get; }

    /// <summary>to_BO = (add ? to_BO : 0) + x_BD W^T.</summary>
    public void Multiply(Tensor x_BD, Tensor to_BO, bool add)
    {
        if (_isNarrow)
        {
            HostProduct.Run(HostMemory.Pointer(x_BD), (int)x_BD.size(0), (ushort*)HostMemory.Pointer(Values), (int)Values.size(0),
                (int)Values.size(1), HostMemory.Pointer(to_BO), add);
        }
        else
        {
            to_BO.addmm_(x_BD, Values, add ? 1 : 0, 1);
        }
    }
}
