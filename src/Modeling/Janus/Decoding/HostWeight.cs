using PairUni.Modeling.Host;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// B rows, D input width, O output width

/// <summary>
/// One weight of a decoding run. <see cref="HostProduct"/> multiplies by what is large or in bfloat16, as it lies; a small float32 weight,
/// which stays in the cache, is multiplied by the tensor library, turned over where that pays.
/// </summary>
internal sealed class HostWeight
{
    // Products with weights laid out by input are a third faster; turning them over pays from about this many steps on.
    private const int StepsThatPayForCopies = 12;

    // Larger ones come from memory each time, and reading them at its speed is all that counts while the rows are few.
    private const long LargestInCache = 1 << 20;
    private const int FewRows = 8;

    private readonly bool _asItLies;

    /// <param name="weight_OD">float32 or bfloat16.</param>
    /// <param name="rows">Rows of each product.</param>
    /// <param name="steps">How many products there will be.</param>
    public HostWeight(Tensor weight_OD, int rows, int steps)
    {
        bool large = weight_OD.numel() > LargestInCache;
        _asItLies = weight_OD.dtype == ScalarType.BFloat16 || (large && rows <= FewRows && HostProduct.FillsVectors(weight_OD.size(1)));
        using Tensor plain_OD = weight_OD.detach();
        if (_asItLies)
        {
            Values = plain_OD.alias();
            return;
        }
        Tensor turned_DO = plain_OD.t();
        Values = steps >= StepsThatPayForCopies && !large ? turned_DO.contiguous() : turned_DO;
    }

    /// <summary>[O, D] where <see cref="HostProduct"/> multiplies, [D, O] where the tensor library does.</summary>
    public Tensor Values { get; }

    /// <summary>to_BO = (add ? to_BO : 0) + x_BD W^T.</summary>
    public void Multiply(Tensor x_BD, Tensor to_BO, bool add)
    {
        if (_asItLies)
            HostProduct.Run(x_BD, Values, to_BO, add);
        else
            to_BO.addmm_(x_BD, Values, add ? 1 : 0, 1);
    }
}
