namespace PairUni.Modeling.Images;

/// <summary>
/// Bicubic resampling with the arithmetic of Pillow 9: a = -0.5, kernel widened when shrinking, weights in 22-bit fixed
/// point, a horizontal pass rounded and clipped to bytes, then a vertical pass.
/// </summary>
public static class PillowResize
{
    private const int PrecisionBits = 22;
    private const double CubicSupport = 2;

    /// <summary>Resizes to exactly <paramref name="width"/> x <paramref name="height"/> pixels; an axis that keeps its size is left alone.</summary>
    public static RgbImage Bicubic(RgbImage image, int width, int height)
    {
        var wide = image.Width == width ? image : Horizontal(image, width);
        return wide.Height == height ? wide : Vertical(wide, height);
    }

    private static RgbImage Horizontal(RgbImage image, int width)
    {
        var windows = Windows(image.Width, width);
        var output = new byte[width * image.Height * 3];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < width; x++)
            {
                var (first, weights) = windows[x];
                var from = ((y * image.Width) + first) * 3;
                Blend(image.Pixels, from, 3, weights, output.AsSpan(((y * width) + x) * 3, 3));
            }
        return new RgbImage(width, image.Height, output);
    }

    private static RgbImage Vertical(RgbImage image, int height)
    {
        var windows = Windows(image.Height, height);
        var output = new byte[image.Width * height * 3];
        for (var y = 0; y < height; y++)
        {
            var (first, weights) = windows[y];
            for (var x = 0; x < image.Width; x++)
            {
                var from = ((first * image.Width) + x) * 3;
                Blend(image.Pixels, from, image.Width * 3, weights, output.AsSpan(((y * image.Width) + x) * 3, 3));
            }
        }
        return new RgbImage(image.Width, height, output);
    }

    private static void Blend(byte[] pixels, int from, int stride, int[] weights, Span<byte> output)
    {
        int red = 1 << (PrecisionBits - 1), green = red, blue = red;
        foreach (var weight in weights)
        {
            red += pixels[from] * weight;
            green += pixels[from + 1] * weight;
            blue += pixels[from + 2] * weight;
            from += stride;
        }
        output[0] = (byte)Math.Clamp(red >> PrecisionBits, 0, 255);
        output[1] = (byte)Math.Clamp(green >> PrecisionBits, 0, 255);
        output[2] = (byte)Math.Clamp(blue >> PrecisionBits, 0, 255);
    }

    private static (int First, int[] Weights)[] Windows(int inputSize, int outputSize)
    {
        var scale = (double)inputSize / outputSize;
        var filterScale = Math.Max(scale, 1);
        var support = CubicSupport * filterScale;
        var windows = new (int, int[])[outputSize];
        for (var i = 0; i < outputSize; i++)
        {
            var centre = (i + 0.5) * scale;
            var first = Math.Max((int)(centre - support + 0.5), 0);
            var count = Math.Min((int)(centre + support + 0.5), inputSize) - first;
            windows[i] = (first, FixedPoint(first, count, centre, 1 / filterScale));
        }
        return windows;
    }

    private static int[] FixedPoint(int first, int count, double centre, double inverseScale)
    {
        var exact = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += exact[i] = Cubic((i + first - centre + 0.5) * inverseScale);
        var weights = new int[count];
        for (var i = 0; i < count; i++)
        {
            var weight = (sum != 0 ? exact[i] / sum : exact[i]) * (1 << PrecisionBits);
            weights[i] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        return weights;
    }

    private static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((((a + 2) * x) - (a + 3)) * x * x) + 1,
            < 2 => ((((x - 5) * x) + 8) * x - 4) * a,
            _ => 0,
        };
    }
}
