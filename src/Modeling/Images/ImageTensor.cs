using static TorchSharp.torch;

namespace PairUni.Modeling.Images;

// B images, C = 3 channels, H rows, W columns
/// <summary>Carries images between bytes and the -1..1 tensors of the VQ tokenizer.</summary>
public static class ImageTensor
{
    private const int Channels = 3;

    /// <summary>
    /// Bytes of a [B, 3, H, W] tensor: (x + 1) / 2 x 255 in float32, clipped to 0..255, truncated as the original does. Whatever
    /// the tensor's type and device; not-a-number becomes 0.
    /// </summary>
    public static RgbImage[] ToImages(Tensor images_BCHW)
    {
        var shape = images_BCHW.shape;
        if (shape.Length != 4 || shape[1] != Channels)
            throw new ArgumentException($"Images have the shape [B, 3, H, W], not [{string.Join(", ", shape)}].", nameof(images_BCHW));
        using var scope = NewDisposeScope();
        var values = images_BCHW.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        var (height, width) = ((int)shape[2], (int)shape[3]);
        var images = new RgbImage[shape[0]];
        for (var b = 0; b < images.Length; b++)
            images[b] = Interleave(values.AsSpan(b * Channels * height * width, Channels * height * width), width, height);
        return images;
    }

    /// <summary>A [B, 3, H, W] float32 tensor on the CPU with values byte / 127.5 - 1.</summary>
    /// <exception cref="ArgumentException">There are no images or they differ in size.</exception>
    public static Tensor FromImages(IReadOnlyList<RgbImage> images)
    {
        if (images.Count == 0 || images.Any(image => image.Width != images[0].Width || image.Height != images[0].Height))
            throw new ArgumentException("A batch needs at least one image, and all of one size.", nameof(images));
        var area = images[0].Width * images[0].Height;
        var values_BCHW = new float[images.Count * Channels * area];
        for (var b = 0; b < images.Count; b++)
            for (var i = 0; i < area; i++)
                for (var channel = 0; channel < Channels; channel++)
                    values_BCHW[(((b * Channels) + channel) * area) + i] = (images[b].Pixels[(i * Channels) + channel] / 127.5f) - 1;
        return tensor(values_BCHW, [images.Count, Channels, images[0].Height, images[0].Width]);
    }

    private static RgbImage Interleave(ReadOnlySpan<float> values_CHW, int width, int height)
    {
        var area = width * height;
        var pixels = new byte[Channels * area];
        for (var channel = 0; channel < Channels; channel++)
            for (var i = 0; i < area; i++)
            {
                var value = (values_CHW[(channel * area) + i] + 1) / 2 * 255;
                pixels[(i * Channels) + channel] = value > 0 ? (byte)Math.Min(value, 255) : (byte)0;
            }
        return new RgbImage(width, height, pixels);
    }
}
