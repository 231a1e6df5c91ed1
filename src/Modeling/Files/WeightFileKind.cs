using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PairUni.Modeling.Files;

/// <summary>Tells the kinds of weight files apart by their first bytes.</summary>
internal static class WeightFileKind
{
    public const string Zip = "zip";
    public const string Safetensors = "safetensors";

    private static readonly byte[] LfsPointer = Encoding.ASCII.GetBytes("version https://git-lfs");

    /// <exception cref="ModelFileException">It is a kind that cannot be read; the sentence says what to do instead.</exception>
    public static string Of(SafeFileHandle handle, string path)
    {
        Span<byte> start = stackalloc byte[32];
        start = start[..RandomAccess.Read(handle, start, 0)];
        if (start.StartsWith(LfsPointer))
        {
            throw new ModelFileException($"{path} is a Git LFS pointer of {RandomAccess.GetLength(handle)} bytes, not the weights themselves; "
                + "fetch them with \"git lfs pull\" or download the file.");
        }
        if (start.StartsWith("PK\u0003\u0004"u8))
            return Zip;
        if (start.Length > 2 && start[0] == 0x80 && start[1] is >= 1 and <= 5 && start[2] is (byte)'\x8a' or (byte)'}' or (byte)'c')
        {
            throw new ModelFileException($"{path} is a pickle without the zip archive that PyTorch has written around it since 1.6; "
                + "load it there and save it again, or use safetensors.");
        }
        return Safetensors;
    }
}
