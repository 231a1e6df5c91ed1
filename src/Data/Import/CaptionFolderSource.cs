namespace PairUni.Data.Import;

/// <summary>Reads a folder of images with captions in .txt files of the same names; the folder that an image lies in is its tag.</summary>
internal static class CaptionFolderSource
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".webp" };

    public static IEnumerable<SourceRecord> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DataFileException($"{folder}: there is no such folder; give the folder with the images.");
        foreach (var image in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal))
            yield return Record(folder, image);
    }

    private static SourceRecord Record(string folder, string image)
    {
        var text = Path.ChangeExtension(image, ".txt");
        if (!File.Exists(text))
            return SourceRecord.Wrong($"{image}: the image has no caption beside it; write it to {Path.GetFileName(text)}.");
        try
        {
            var name = Path.GetRelativePath(folder, image);
            return new SourceSample(image, Path.ChangeExtension(name, null), Path.GetFullPath(image))
            {
                Prompt = JsonLines.Text(text).Trim(),
                Tag = Path.GetDirectoryName(name)!.Replace(Path.DirectorySeparatorChar, '/'),
            };
        }
        catch (DataFileException problem)
        {
            return SourceRecord.Wrong(problem.Message);
        }
    }
}
