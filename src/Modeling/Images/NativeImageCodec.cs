using System.Runtime.InteropServices;
using System.Text;

namespace PairUni.Modeling.Images;

/// <summary>Binds the PNG, JPEG and WebP codecs of native/pairuni_native.h; every native error becomes an <see cref="ImageFileException"/>.</summary>
internal static unsafe partial class NativeImageCodec
{
    private const string Library = "pairuni_native";
    private const int ErrorCapacity = 512;
    private const int PngCompression = 6;

    internal static RgbImage Decode(ReadOnlySpan<byte> file, string name, long maxPixels)
    {
        var error = stackalloc byte[ErrorCapacity];
        int width, height;
        byte* rgb;
        fixed (byte* data = file)
        {
            if (pairuni_image_decode(data, file.Length, maxPixels, &width, &height, &rgb, error, ErrorCapacity) != 0)
                throw new ImageFileException($"{name}: {Sentence(error)}");
        }
        return new RgbImage(width, height, Take(rgb, (long)width * height * 3));
    }

    internal static byte[] EncodePng(RgbImage image)
    {
        CheckPixels(image);
        var error = stackalloc byte[ErrorCapacity];
        byte* file;
        long length;
        fixed (byte* rgb = image.Pixels)
        {
            if (pairuni_image_encode_png(rgb, image.Width, image.Height, PngCompression, &file, &length, error, ErrorCapacity) != 0)
                throw new ImageFileException($"PNG: {Sentence(error)}");
        }
        return Take(file, length);
    }

    internal static byte[] EncodeJpeg(RgbImage image, int quality)
    {
        CheckPixels(image);
        var error = stackalloc byte[ErrorCapacity];
        byte* file;
        long length;
        fixed (byte* rgb = image.Pixels)
        {
            if (pairuni_image_encode_jpeg(rgb, image.Width, image.Height, quality, &file, &length, error, ErrorCapacity) != 0)
                throw new ImageFileException($"JPEG: {Sentence(error)}");
        }
        return Take(file, length);
    }

    private static void CheckPixels(RgbImage image)
    {
        if (image.Width < 1 || image.Height < 1 || image.Pixels.LongLength != (long)image.Width * image.Height * 3)
            throw new ImageFileException($"An image of {image.Width}x{image.Height} needs {(long)image.Width * image.Height * 3} bytes, not {image.Pixels.LongLength}.");
    }

    private static byte[] Take(byte* buffer, long length)
    {
        try
        {
            return new ReadOnlySpan<byte>(buffer, checked((int)length)).ToArray();
        }
        finally
        {
            pairuni_free(buffer);
        }
    }

    private static string Sentence(byte* error) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(error));

    [LibraryImport(Library)]
    private static partial int pairuni_image_decode(byte* data, long length, long pixelLimit, int* width, int* height, byte** rgb, byte* error, int errorCapacity);

    [LibraryImport(Library)]
    private static partial int pairuni_image_encode_png(byte* rgb, int width, int height, int compression, byte** png, long* length, byte* error, int errorCapacity);

    [LibraryImport(Library)]
    private static partial int pairuni_image_encode_jpeg(byte* rgb, int width, int height, int quality, byte** jpeg, long* length, byte* error, int errorCapacity);

    [LibraryImport(Library)]
    private static partial void pairuni_free(void* buffer);
}
