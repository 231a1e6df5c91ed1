namespace PairUni.Data.Pools;

/// <summary>Where images of a pool lie, seen from a PairUG file, which must be in a folder above both pools' images.</summary>
public static class PoolPaths
{
    /// <summary>A sample's image relative to the PairUG file's folder.</summary>
    /// <exception cref="DataFileException">The image lies outside that folder.</exception>
    public static string Relative(string pairs, string pool, PoolSample sample)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(pairs))!;
        var image = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(pool))!, sample.ImagePath));
        var relative = Path.GetRelativePath(folder, image).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? throw new DataFileException($"{pairs}: the images of {pool} lie outside the folder {folder}; write the pairs into a folder that holds both pools.")
            : relative;
    }
}
