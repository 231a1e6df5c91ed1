using PairUni.Modeling.Images;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

// B batch, C channels, H rows, W columns

/// <summary>
/// Turns an image into the pixels that HPS' image tower sees: 0 to 1, longer side to the model's size by bicubic resampling of floats,
/// black padding to a centred square, normalised.
/// </summary>
/// <remarks>
/// The original leaves the resampling to torchvision, whose default changed in version 0.17: with antialiasing (a = -0.5) since, without
/// (a = -0.75) before. An image whose longer side has the model's size already is not padded by the original and fails there unless it
/// is square; here it is padded.
/// </remarks>
public sealed class HpsImageProcessor
{
    private static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] Std = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <param name="imageSize">Side of the square result in pixels.</param>
    /// <param name="antialias">As torchvision 0.17 and later; false as before.</param>
    public HpsImageProcessor(int imageSize, bool antialias = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(imageSize);
        (ImageSize, Antialias) = (imageSize, antialias);
    }

    /// <summary>Side of the square result in pixels.</summary>
    public int ImageSize { get; }

    public bool Antialias { get; }

    /// <summary>Pixels of a batch, [B, 3, size, size] float32 on the CPU.</summary>
    public Tensor Process(IEnumerable<RgbImage> images)
    {
        using DisposeScope scope = NewDisposeScope();
        return stack(images.Select(Process)).MoveToOuterDisposeScope();
    }

    /// <summary>Pixels of one image, [3, size, size] float32 on the CPU.</summary>
    public Tensor Process(RgbImage image)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor square_CHW = Padded(Resized(Fractions(image)));
        return square_CHW.sub(tensor(Mean, [3, 1, 1])).div(tensor(Std, [3, 1, 1])).MoveToOuterDisposeScope();
    }

    private static Tensor Fractions(RgbImage image)
    {
        Tensor bytes_HWC = tensor(image.Pixels, [image.Height, image.Width, 3], ScalarType.Byte);
        return bytes_HWC.permute(2, 0, 1).contiguous().to_type(ScalarType.Float32).div(255);
    }

    private Tensor Resized(Tensor image_CHW)
    {
        (long height, long width) = (image_CHW.size(1), image_CHW.size(2));
        if (Math.Max(height, width) == ImageSize)
            return image_CHW;
        double scale = ImageSize / (double)Math.Max(height, width);
        long[] size = [Scaled(height, scale), Scaled(width, scale)];
        return F.interpolate(image_CHW.unsqueeze(0), size, mode: InterpolationMode.Bicubic, align_corners: false, antialias: Antialias).squeeze(0);
    }

    private Tensor Padded(Tensor image_CHW)
    {
        (long rows, long columns) = (ImageSize - image_CHW.size(1), ImageSize - image_CHW.size(2));
        return F.pad(image_CHW, [columns / 2, columns - (columns / 2), rows / 2, rows - (rows / 2)]);
    }

    private static long Scaled(long side, double scale) => Math.Max(1, (long)Math.Round(side * scale, MidpointRounding.ToEven));
}
