using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>
/// Makes layers on one device in one type, so that a model is never moved: moving replaces parameters, and those of
/// <see cref="FusedLinear"/> share memory. Linear layers are allocated but not drawn; a checkpoint or <see cref="RandomInit"/> fills them.
/// </summary>
internal sealed record Layers(Device Device, ScalarType Dtype)
{
    public Parameter Parameter(params long[] shape) => new(empty(shape, Dtype, Device));

    public Linear Linear(long input, long output, bool bias = true) =>
        nn.Linear(Parameter(output, input), bias ? Parameter(output) : null);

    public Conv2d Conv(long input, long output, long kernel, long stride = 1, long padding = 0) =>
        nn.Conv2d(input, output, kernel_size: kernel, stride: stride, padding: padding, device: Device, dtype: Dtype);

    public GroupNorm GroupNorm(long groups, long channels, double eps) =>
        nn.GroupNorm(groups, channels, eps, device: Device, dtype: Dtype);

    public LayerNorm LayerNorm(long width, double eps) => nn.LayerNorm(width, eps, device: Device, dtype: Dtype);

    public static ModuleList<T> List<T>(int count, Func<int, T> make) where T : nn.Module =>
        new([.. Enumerable.Range(0, count).Select(make)]);
}
