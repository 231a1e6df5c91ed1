namespace PairUni.Data.PairUg;

/// <summary>Finds images beside a data file and keeps their paths inside its folder.</summary>
/// <param name="file">The data file; image paths are relative to its folder.</param>
public sealed class DataFolder(string file)
{
    private readonly string root = Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>The full path of an image.</summary>
    /// <param name="imagePath">Path as the data has it.</param>
    /// <param name="where">File and line that name it, for the error.</param>
    /// <exception cref="DataFileException">The path is absolute, leaves the folder (also by a link) or leads to no file.</exception>
    public string Resolve(string imagePath, string where)
    {
        if (imagePath.Contains('\0', StringComparison.Ordinal))
            throw new DataFileException($"{where}: the image path has a zero byte in it; mend the path.");
        var full = Path.GetFullPath(Path.Combine(root, imagePath));
        if (Path.IsPathRooted(imagePath) || !Inside(full))
            throw new DataFileException($"{where}: the image path \"{imagePath}\" leaves the data folder {root}; use a path inside it.");
        if (!File.Exists(full))
            throw new DataFileException($"{where}: the image {full} does not exist.");
        if (File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target && !Inside(target.FullName))
            throw new DataFileException($"{where}: the image path \"{imagePath}\" is a link that leaves the data folder {root}.");
        return full;
    }

    private bool Inside(string full) => full.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
