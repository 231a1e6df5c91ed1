using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>Parameters of a module that are consecutive row ranges of one matrix, so that both see the same memory.</summary>
/// <param name="Names">The parameters' names, in the order of their rows.</param>
public sealed record RowRanges(Tensor Whole, IReadOnlyList<string> Names, IReadOnlyList<Parameter> Parts)
{
    /// <summary>Puts the memory of <paramref name="other"/>, of equal shape, type and device, under the matrix and its parts.</summary>
    public void Replace(Tensor other)
    {
        using IDisposable guard = no_grad();
        Whole.set_(other);
        long start = 0;
        foreach (Parameter part in Parts)
        {
            using Tensor rows = other.narrow(0, start, part.size(0));
            start += part.size(0);
            part.set_(rows);
        }
    }
}
