using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Tests.Bench.Reference;

/// <summary>
/// The fixtures as a folder of reference cases. janus_a's image tokenizer is too large to keep but for its codebook: its encoder and
/// decoder are zeros here, and the tensors that they make are not among its cases.
/// </summary>
internal sealed class ReferenceFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReferenceFolder()
    {
        var fixtures = System.IO.Path.Combine(AppContext.BaseDirectory, "reference");
        foreach (var part in new[] { "cases", "tokenizer", "images" })
            Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, part), System.IO.Path.Combine(fixtures, part));
        Directory.CreateDirectory(Model("janus_a"));
        Directory.CreateDirectory(Model("janus_b"));
        foreach (var name in new[] { "janus_a", "janus_b" })
        {
            foreach (var file in Directory.GetFiles(System.IO.Path.Combine(fixtures, "models", name)))
                File.CreateSymbolicLink(System.IO.Path.Combine(Model(name), System.IO.Path.GetFileName(file)), file);
        }

        Complete(Model("janus_a"));
    }

    public string Path => _folder.Path;

    public string Model(string name) => System.IO.Path.Combine(Path, "models", name);

    public void Dispose() => _folder.Dispose();

    private static void Complete(string model)
    {
        using var scope = torch.NewDisposeScope();
        var path = System.IO.Path.Combine(model, "model.safetensors");
        using var shapes = new JanusModel(JanusConfig.Load(model), torch.META);
        (string, torch.Tensor)[] tensors;
        using (var kept = SafetensorsFile.Open(path))
        {
            tensors = [.. shapes.named_parameters().Select(item => (item.name, kept.Names.Contains(item.name)
                ? kept.Read(item.name)
                : torch.zeros(item.parameter.shape)))];
        }

        File.Delete(path);
        SafetensorsWriter.Write(path, tensors);
    }
}
