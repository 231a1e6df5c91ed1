using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>Identities of what makes a group: processes of which one differs would make different groups from the same seeds.</summary>
public static class Fingerprints
{
    private const int Shown = 12;
    private const long ReadWhole = 64L << 20;
    private const int Sampled = 1 << 20;

    /// <summary>Identity of the protocol and the native libraries beside the program.</summary>
    public static string Program { get; } = "build " + Shorten(OfFiles(Directory.GetFiles(AppContext.BaseDirectory, "libpairuni_*.so"), $"protocol {Protocol.Version}"));

    /// <summary>Identity of the program and a model's folder.</summary>
    public static string Of(string modelFolder) => $"{Program}, model {Shorten(Model(modelFolder))}";

    /// <summary>Identity of a model's folder: names and contents; of files above 64 MiB length, first and last MiB.</summary>
    /// <exception cref="UserErrorException">There is no such folder.</exception>
    public static string Model(string folder) => Directory.Exists(folder)
        ? OfFiles(Directory.GetFiles(folder), "model")
        : throw new UserErrorException($"There is no model folder at {folder}; fix model.path, or put the model there on every silo.");

    private static string OfFiles(IEnumerable<string> files, string what)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(what));
        foreach (var file in files.OrderBy(Path.GetFileName, StringComparer.Ordinal)) Add(hash, file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string path)
    {
        using var file = File.OpenRead(path);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)} {file.Length}\n")));
        var buffer = new byte[Sampled];
        int read;
        while ((read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            if (file.Length > ReadWhole && file.Position < file.Length - Sampled) file.Position = file.Length - Sampled;
        }
    }

    private static string Shorten(string hash) => hash[..Shown];
}
