using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules;

/// <summary>Two-dimensional convolution of [N, C, H, W].</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] dilation, PaddingModes padding_mode, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, dilation, [0, 0], false, padding_mode, groups, bias, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (padding_mode == PaddingModes.Zeros)
            return F.conv2d(input, weight, bias, stride, padding, dilation, groups);
        using var padded = F.pad(input, new[] { padding[1], padding[1], padding[0], padding[0] }, padding_mode);
        return F.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
    }
}
