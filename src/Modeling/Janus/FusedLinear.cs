using PairUni.Modeling.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>
/// Bias-free linear layers over one input whose weights are row ranges of one matrix: training sees separate parameters,
/// generation multiplies once, and there is no second copy that could go stale.
/// </summary>
internal sealed class FusedLinear : IDisposable
{
    private readonly LinearLayer[] _parts;

    public FusedLinear(Layers make, long input, params long[] outputs)
    {
        Weight = empty([outputs.Sum(), input], make.Dtype, make.Device).DetachFromDisposeScope();
        _parts = new LinearLayer[outputs.Length];
        long start = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            _parts[i] = new LinearLayer(new Parameter(Weight.narrow(0, start, outputs[i])));
            start += outputs[i];
        }
    }

    /// <summary>[sum of outputs, input]; the parts' weights are its rows.</summary>
    public Tensor Weight { get; }

    public LinearLayer this[int part] => _parts[part];

    /// <summary>All parts' outputs side by side, without gradients.</summary>
    public Tensor Forward(Tensor x) => LinearLayer.Apply(x, Weight);

    /// <summary>The parts' weights under their names, for whoever fills them.</summary>
    public RowRanges Ranges(params string[] names) => new(Weight, names, [.. _parts.Select(part => part.weight!)]);

    public void Dispose() => Weight.Dispose();
}
