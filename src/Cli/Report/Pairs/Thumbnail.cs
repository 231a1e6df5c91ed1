using PairUni.Modeling.Images;

namespace PairUni.Cli.Report.Pairs;

/// <summary>A small copy of an image as a data: address.</summary>
internal static class Thumbnail
{
    private const int Side = 160;

    /// <summary>Images up to 160 pixels stay as they are, as PNG; larger ones are reduced, as JPEG.</summary>
    public static string Address(RgbImage image)
    {
        var factor = (Math.Max(image.Width, image.Height) + Side - 1) / Side;
        return factor <= 1
            ? "data:image/png;base64," + Convert.ToBase64String(image.EncodePng())
            : "data:image/jpeg;base64," + Convert.ToBase64String(Reduced(image, factor).EncodeJpeg(80));
    }

    private static RgbImage Reduced(RgbImage image, int factor)
    {
        var (width, height) = (Math.Max(1, image.Width / factor), Math.Max(1, image.Height / factor));
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y, channel) = (i / 3 % width, i / 3 / width, i % 3);
            var (sum, count) = (0, 0);
            for (var v = y * factor; v < Math.Min((y + 1) * factor, image.Height); v++)
                for (var u = x * factor; u < Math.Min((x + 1) * factor, image.Width); u++, count++)
                    sum += image.Pixels[(((v * image.Width) + u) * 3) + channel];
            pixels[i] = (byte)(sum / count);
        }
        return new RgbImage(width, height, pixels);
    }
}
