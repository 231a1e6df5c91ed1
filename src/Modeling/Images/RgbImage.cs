namespace PairUni.Modeling.Images;

/// <summary>One image of 8-bit RGB pixels in memory, with PNG, JPEG and (for reading) WebP files on either side of it.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pixels">Height x Width x 3 bytes, rows top to bottom, red first.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>Largest image that is decoded unless the caller says otherwise, in pixels.</summary>
    public const long DefaultMaxPixels = 64L << 20;

    /// <summary>Makes an image of one colour.</summary>
    public static RgbImage Filled(int width, int height, byte red, byte green, byte blue)
    {
        var pixels = new byte[checked(width * height * 3)];
        for (var i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>The image with each pixel drawn as a square of <paramref name="factor"/> pixels, to look at small images.</summary>
    public RgbImage Enlarged(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        var pixels = new byte[checked(Pixels.Length * factor * factor)];
        for (var y = 0; y < Height * factor; y++)
            for (var x = 0; x < Width * factor; x++)
                Pixels.AsSpan(((y / factor * Width) + (x / factor)) * 3, 3).CopyTo(pixels.AsSpan(((y * Width * factor) + x) * 3));
        return new RgbImage(Width * factor, Height * factor, pixels);
    }

    /// <summary>Decodes a PNG, JPEG or still WebP file held in memory; alpha is dropped, greys and palettes become RGB.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What to call the file in an error.</param>
    /// <param name="maxPixels">Images with more pixels are refused before they take memory.</param>
    /// <exception cref="ImageFileException">The bytes are no PNG, JPEG or WebP, are damaged, or hold too large an image.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, string name = "image", long maxPixels = DefaultMaxPixels) =>
        NativeImageCodec.Decode(file, name, maxPixels);

    /// <summary>Reads and decodes a PNG, JPEG or still WebP file.</summary>
    /// <exception cref="ImageFileException">The file is missing, unreadable or no usable image; the sentence names the path.</exception>
    public static RgbImage Load(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException($"{path}: the image cannot be read ({fault.Message}).", fault);
        }
    }

    /// <summary>Encodes the image as PNG, without loss.</summary>
    public byte[] EncodePng() => NativeImageCodec.EncodePng(this);

    /// <summary>Encodes the image as JPEG.</summary>
    /// <param name="quality">1 (small) to 100 (good).</param>
    public byte[] EncodeJpeg(int quality = 90) => NativeImageCodec.EncodeJpeg(this, quality);

    /// <summary>Writes the image as PNG or JPEG, as the path's extension says.</summary>
    /// <exception cref="ImageFileException">The extension is neither .png, .jpg nor .jpeg, or the file cannot be written.</exception>
    public void Save(string path)
    {
        var file = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => EncodePng(),
            ".JPG" or ".JPEG" => EncodeJpeg(),
            _ => throw new ImageFileException($"{path}: images are written as .png, .jpg or .jpeg."),
        };
        try
        {
            File.WriteAllBytes(path, file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException($"{path}: the image cannot be written ({fault.Message}).", fault);
        }
    }
}
