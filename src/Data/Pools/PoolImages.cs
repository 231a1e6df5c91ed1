using System.Security.Cryptography;
using PairUni.Data.PairUg;

namespace PairUni.Data.Pools;

/// <summary>Brings the images of a pool into another pool's folder.</summary>
public static class PoolImages
{
    /// <summary>Copies each image once, to the path that it has in the pool, and checks that it is the one that was imported. What is there already is left.</summary>
    /// <param name="pool">The pool file.</param>
    /// <param name="samples">Its samples.</param>
    /// <param name="folder">The other pool's folder.</param>
    /// <returns>The copy of each sample's image.</returns>
    /// <exception cref="DataFileException">An image is missing, another one than was imported, or outside the pool's folder.</exception>
    public static IReadOnlyList<string> Copy(string pool, IReadOnlyList<PoolSample> samples, string folder, CancellationToken cancellation = default)
    {
        var source = new DataFolder(pool);
        var copied = new HashSet<string>(StringComparer.Ordinal);
        var targets = new string[samples.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sample = samples[i];
            var where = $"{pool}: sample \"{sample.Id}\"";
            targets[i] = Path.Combine(folder, sample.ImagePath);
            if (!copied.Add(sample.ImagePath))
                continue;
            var path = source.Resolve(sample.ImagePath, where);
            if (new FileInfo(targets[i]) is not { Exists: true } there || there.Length != new FileInfo(path).Length)
                Keep(File.ReadAllBytes(path), sample, targets[i], $"{where}: the image {path} is another one than was imported; import it again.");
        }
        return targets;
    }

    // Whole or absent: a kill leaves only a temporary file.
    private static void Keep(byte[] bytes, PoolSample sample, string target, string another)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sample.Sha256)
            throw new DataFileException(another);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target + ".tmp", bytes);
        File.Move(target + ".tmp", target, overwrite: true);
    }
}
