namespace PairUni.Cli.Bench.Reference;

/// <summary>A complete model folder put together from links: the model's files, or some of them, and a tokenizer that lies elsewhere.</summary>
internal sealed class ComposedModel : IDisposable
{
    private ComposedModel(string path) => Path = path;

    public string Path { get; }

    /// <param name="files">Files to link; of several with one name the first counts.</param>
    public static ComposedModel Of(IEnumerable<string> files)
    {
        var model = new ComposedModel(Directory.CreateTempSubdirectory("pairuni-").FullName);
        foreach (var file in files.DistinctBy(System.IO.Path.GetFileName))
            File.CreateSymbolicLink(System.IO.Path.Combine(model.Path, System.IO.Path.GetFileName(file)), System.IO.Path.GetFullPath(file));
        return model;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
