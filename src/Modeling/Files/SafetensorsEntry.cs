using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>Where one tensor lies in a safetensors file: its type, its shape, and its bytes counted from the end of the header.</summary>
public sealed record SafetensorsEntry(string Name, ScalarType Dtype, long[] Shape, long Start, long End)
{
    public long Bytes => End - Start;

    /// <summary>The shape as people write it, such as [3, 64, 64].</summary>
    public string ShapeText => StoredTensor.Text(Shape);

    /// <summary>The same tensor in a file whose data begin at <paramref name="dataStart"/>.</summary>
    public StoredTensor At(long dataStart) => new(Name, Dtype, Shape, StoredTensor.Packed(Shape), dataStart + Start);
}
