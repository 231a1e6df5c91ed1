using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace PairUni.Modeling.Images;

/// <summary>
/// Turns an image into the pixels that Janus' vision tower sees: longer side to <c>imageSize</c>, padded to a square,
/// scaled to 0..1, normalised. Byte for byte the arithmetic of the original processor (preprocessor_config.json).
/// </summary>
public sealed class JanusImageProcessor
{
    /// <summary>Name of the settings file inside a model folder.</summary>
    public const string FileName = "preprocessor_config.json";

    private const double RescaleFactor = 1.0 / 255;
    private readonly float[][] normalised;

    /// <summary>Fixes the sizes and colours.</summary>
    /// <param name="imageSize">Side of the square result, in pixels.</param>
    /// <param name="minSize">The shorter side never gets smaller than this, in pixels.</param>
    /// <param name="mean">Mean to subtract, three values in 0..1; 0.5 when null.</param>
    /// <param name="std">Deviation to divide by, three positive values; 0.5 when null.</param>
    /// <param name="background">Padding colour, three bytes; the mean times 255, truncated, when null.</param>
    public JanusImageProcessor(int imageSize, int minSize = 14, float[]? mean = null, float[]? std = null, byte[]? background = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(imageSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minSize);
        ImageSize = imageSize;
        MinSize = minSize;
        Mean = mean ?? [0.5f, 0.5f, 0.5f];
        Std = std ?? [0.5f, 0.5f, 0.5f];
        Background = background ?? [.. Mean.Select(value => (byte)(value * 255))];
        normalised = [.. Enumerable.Range(0, 3).Select(channel => Table(Mean[channel], Std[channel]))];
    }

    /// <summary>Side of the square result, in pixels.</summary>
    public int ImageSize { get; }

    /// <summary>Smallest length of the shorter side before padding, in pixels.</summary>
    public int MinSize { get; }

    /// <summary>Mean that is subtracted, per channel.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>Deviation that is divided by, per channel.</summary>
    public IReadOnlyList<float> Std { get; }

    /// <summary>Padding colour, per channel.</summary>
    public IReadOnlyList<byte> Background { get; }

    /// <summary>Resizes and pads to a square of bytes.</summary>
    public RgbImage ResizeAndPad(RgbImage image)
    {
        var longest = Math.Max(image.Width, image.Height);
        var width = Math.Max((int)((double)image.Width / longest * ImageSize), MinSize);
        var height = Math.Max((int)((double)image.Height / longest * ImageSize), MinSize);
        var resized = PillowResize.Bicubic(image, width, height);
        if (width == height)
            return resized;
        var side = Math.Max(width, height);
        var square = RgbImage.Filled(side, side, Background[0], Background[1], Background[2]);
        var (left, top) = ((side - width) / 2, (side - height) / 2);
        for (var y = 0; y < height; y++)
            resized.Pixels.AsSpan(y * width * 3, width * 3).CopyTo(square.Pixels.AsSpan((((y + top) * side) + left) * 3));
        return square;
    }

    /// <summary>The normalised pixels, 3 x side x side floats, channel first.</summary>
    public float[] Pixels(RgbImage image)
    {
        var square = ResizeAndPad(image);
        var area = square.Width * square.Height;
        var pixels_CHW = new float[3 * area];
        for (var i = 0; i < area; i++)
            for (var channel = 0; channel < 3; channel++)
                pixels_CHW[(channel * area) + i] = normalised[channel][square.Pixels[(i * 3) + channel]];
        return pixels_CHW;
    }

    /// <summary>The normalised pixels as a [3, side, side] float32 tensor on the CPU.</summary>
    public Tensor Process(RgbImage image)
    {
        var pixels_CHW = Pixels(image);
        var side = (long)Math.Sqrt(pixels_CHW.Length / 3);
        return tensor(pixels_CHW, [3, side, side]);
    }

    /// <summary>Reads preprocessor_config.json of a model folder.</summary>
    /// <exception cref="ModelFileException">The file is missing or a value is out of range.</exception>
    public static JanusImageProcessor Load(string dir)
    {
        var path = Path.Combine(dir, FileName);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var normalise = !root.TryGetProperty("do_normalize", out var flag) || flag.GetBoolean();
            var mean = Triple(root, "image_mean", path)?.Select(value => (float)value).ToArray();
            var std = Triple(root, "image_std", path)?.Select(value => (float)value).ToArray();
            var background = Triple(root, "background_color", path)?.Select(value => (byte)Math.Clamp(value, 0, 255)).ToArray()
                ?? mean?.Select(value => (byte)(value * 255)).ToArray() ?? [127, 127, 127];
            if (!normalise)
                (mean, std) = ([0, 0, 0], [1, 1, 1]);
            if (std?.Any(value => !(value > 0)) == true)
                throw new ModelFileException($"{path}: image_std must hold positive numbers.");
            return new JanusImageProcessor(Side(root, path), Size(root, "min_size", 14, path), mean, std, background);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path}: the image processor's settings cannot be read ({fault.Message}); a Janus model folder needs this file.", fault);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelFileException($"{path}: the image processor's settings are malformed ({fault.Message}).", fault);
        }
    }

    /// <summary>Writes preprocessor_config.json in the original's schema.</summary>
    public void Save(string dir)
    {
        var settings = new JsonObject
        {
            ["background_color"] = new JsonArray([.. Background.Select(value => (JsonNode)(int)value)]),
            ["do_normalize"] = true,
            ["image_mean"] = new JsonArray([.. Mean.Select(value => (JsonNode)value)]),
            ["image_processor_type"] = "VLMImageProcessor",
            ["image_size"] = ImageSize,
            ["image_std"] = new JsonArray([.. Std.Select(value => (JsonNode)value)]),
            ["min_size"] = MinSize,
            ["processor_class"] = "VLChatProcessor",
            ["rescale_factor"] = RescaleFactor,
        };
        File.WriteAllText(Path.Combine(dir, FileName), settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    // The original multiplies in double, rounds to float, then subtracts and divides in float.
    private static float[] Table(float mean, float std) =>
        [.. Enumerable.Range(0, 256).Select(value => ((float)(value * RescaleFactor) - mean) / std)];

    // The original has one number; transformers has height and width, which must agree.
    private static int Side(JsonElement root, string path)
    {
        if (root.TryGetProperty("image_size", out _) || !root.TryGetProperty("size", out var size) || size.ValueKind != JsonValueKind.Object)
            return Size(root, "image_size", null, path);
        var (height, width) = (Size(size, "height", null, path), Size(size, "width", null, path));
        return height == width ? height : throw new ModelFileException($"{path}: \"size\" is {height} by {width}, but the model sees squares; restore the file.");
    }

    private static int Size(JsonElement root, string key, int? fallback, string path)
    {
        if (!root.TryGetProperty(key, out var value))
            return fallback ?? throw new ModelFileException($"{path}: \"{key}\" is missing.");
        return value.TryGetInt32(out var size) && size is > 0 and <= 16384
            ? size
            : throw new ModelFileException($"{path}: \"{key}\" must be a whole number of pixels from 1 to 16384, not {value}.");
    }

    private static double[]? Triple(JsonElement root, string key, string path)
    {
        if (!root.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var numbers = value.EnumerateArray().Select(number => number.GetDouble()).ToArray();
        return numbers.Length == 3 ? numbers : throw new ModelFileException($"{path}: \"{key}\" must hold three numbers.");
    }
}
