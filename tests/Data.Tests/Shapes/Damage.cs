using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

/// <summary>Ways in which decoded images differ from clean renders.</summary>
internal static class Damage
{
    /// <summary>Separable Gaussian blur over five pixels.</summary>
    internal static RgbImage Blur(RgbImage image, double sigma)
    {
        var kernel = Enumerable.Range(-2, 5).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var total = kernel.Sum();
        var values = image.Pixels.Select(value => (double)value).ToArray();
        foreach (var (dx, dy) in new[] { (1, 0), (0, 1) })
        {
            var blurred = new double[values.Length];
            for (var y = 0; y < image.Height; y++)
                for (var x = 0; x < image.Width; x++)
                    for (var channel = 0; channel < 3; channel++)
                        for (var i = -2; i <= 2; i++)
                        {
                            var (u, v) = (Math.Clamp(x + (i * dx), 0, image.Width - 1), Math.Clamp(y + (i * dy), 0, image.Height - 1));
                            blurred[(((y * image.Width) + x) * 3) + channel] += kernel[i + 2] / total * values[(((v * image.Width) + u) * 3) + channel];
                        }
            values = blurred;
        }
        return new RgbImage(image.Width, image.Height, [.. values.Select(value => (byte)Math.Round(value))]);
    }

    /// <summary>Replaces single pixels by random colours.</summary>
    internal static RgbImage Specks(RgbImage image, SeededRandom random, int count)
    {
        var pixels = (byte[])image.Pixels.Clone();
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(image.Width * image.Height) * 3;
            for (var channel = 0; channel < 3; channel++)
                pixels[at + channel] = (byte)random.Next(256);
        }
        return image with { Pixels = pixels };
    }

    /// <summary>Adds uniform noise to every value.</summary>
    internal static RgbImage Grain(RgbImage image, SeededRandom random, int most) =>
        image with { Pixels = [.. image.Pixels.Select(value => (byte)Math.Clamp(value + random.Between(-most, most), 0, 255))] };

    internal static RgbImage Jpeg(RgbImage image, int quality) => RgbImage.Decode(image.EncodeJpeg(quality));
}
