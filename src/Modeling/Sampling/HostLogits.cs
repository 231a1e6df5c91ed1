using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

/// <summary>Logits brought to the host as float32, row by row.</summary>
internal readonly struct HostLogits : IDisposable
{
    private readonly Tensor _values_BV;
    private readonly int _width;

    public HostLogits(Tensor logits_BV)
    {
        _width = (int)logits_BV.size(1);
        using Tensor host = logits_BV.cpu();
        using Tensor wide = host.to_type(ScalarType.Float32);
        _values_BV = wide.contiguous();
    }

    public Span<float> this[int row] => MemoryMarshal.Cast<byte, float>(_values_BV.bytes).Slice(row * _width, _width);

    public void Dispose() => _values_BV.Dispose();
}
