using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>
/// Makes layers on one device in one type, so that a model is never moved: moving replaces parameters, and those of
/// <see cref="FusedLinear"/> share memory. Layers are allocated but not drawn; a checkpoint or <see cref="RandomInit"/> fills them.
/// </summary>
internal sealed record Layers(Device Device, ScalarType Dtype)
{
    /// <summary>
    /// The type of activations. Weights of two bytes are computed with in float32 on the host: they are exact there, nothing is rounded
    /// between layers, and the processors that we meet gain nothing from narrow activations. On other devices it is the weights' type.
    /// </summary>
    public ScalarType Compute => Device.type == DeviceType.CPU ? ScalarType.Float32 : Dtype;

    public Parameter Parameter(params long[] shape) => new(empty(shape, Dtype, Device));

    public LinearLayer Linear(long input, long output, bool bias = true) =>
        new(Parameter(output, input), bias ? Parameter(output) : null);

    public ConvLayer Conv(long input, long output, long kernel, long stride = 1, long padding = 0) =>
        new(Parameter(output, input, kernel, kernel), Parameter(output), stride, padding);

    public GroupNormLayer GroupNorm(long groups, long channels, double eps) => new(Parameter(channels), Parameter(channels), groups, eps);

    public LayerNormLayer LayerNorm(long width, double eps) => new(Parameter(width), Parameter(width), eps);

    public static ModuleList<T> List<T>(int count, Func<int, T> make) where T : nn.Module =>
        new([.. Enumerable.Range(0, count).Select(make)]);
}
