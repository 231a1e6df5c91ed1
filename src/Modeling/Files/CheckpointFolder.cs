using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>The weights of a model folder: model.safetensors, or shards named by model.safetensors.index.json.</summary>
public sealed class CheckpointFolder : IDisposable
{
    public const string FileName = "model.safetensors";
    public const string IndexName = "model.safetensors.index.json";

    private readonly Dictionary<string, SafetensorsFile> _fileOf = [];
    private readonly List<SafetensorsFile> _files = [];

    private CheckpointFolder(string directory) => Directory = directory;

    public string Directory { get; }

    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <exception cref="ModelFileException">No weights in the folder, or a file of them is damaged.</exception>
    public static CheckpointFolder Open(string directory)
    {
        if (!System.IO.Directory.Exists(directory))
            throw new ModelFileException($"The model folder {directory} does not exist; give the folder of a complete Janus model.");
        var folder = new CheckpointFolder(directory);
        try
        {
            foreach (string file in folder.Files())
                folder.Add(SafetensorsFile.Open(Path.Combine(directory, file)));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Copies every parameter of <paramref name="module"/> out of the folder, converting its type. Names and shapes must agree
    /// exactly, but for names that <paramref name="unused"/> accepts.
    /// </summary>
    /// <exception cref="ModelFileException">A tensor is missing, extra, misshapen or not of a floating type; nothing was copied then.</exception>
    public void CopyInto(nn.Module module, Func<string, bool> unused)
    {
        (string Name, Parameter Parameter)[] wanted = [.. module.named_parameters()];
        foreach ((string name, Parameter parameter) in wanted)
            Check(name, parameter.shape);
        var known = wanted.Select(item => item.Name).ToHashSet();
        if (_fileOf.Keys.FirstOrDefault(name => !known.Contains(name) && !unused(name)) is { } extra)
        {
            throw new ModelFileException($"{_fileOf[extra].Path} holds tensor \"{extra}\" of shape {_fileOf[extra][extra].ShapeText}, "
                + "which this model does not have; the config.json beside it belongs to another model, or the file does.");
        }
        using IDisposable guard = no_grad();
        foreach ((string name, Parameter parameter) in wanted)
        {
            using Tensor values = _fileOf[name].Read(name);
            parameter.copy_(values);
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Check(string name, long[] shape)
    {
        string expected = $"[{string.Join(", ", shape)}]";
        if (!_fileOf.TryGetValue(name, out SafetensorsFile? file))
        {
            string where = _files.Count == 1 ? _files[0].Path : Path.Combine(Directory, IndexName);
            throw new ModelFileException($"{where} has no tensor \"{name}\" (expected with shape {expected}); "
                + "give a complete model, or the config.json that belongs to it.");
        }
        SafetensorsEntry entry = file[name];
        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new ModelFileException($"{file.Path}: tensor \"{name}\" has shape {entry.ShapeText} where config.json asks for {expected}; "
                + "give the config.json that belongs to these weights.");
        }
        if (entry.Dtype is not (ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float64))
        {
            throw new ModelFileException($"{file.Path}: tensor \"{name}\" is of type {SafetensorsDtype.Name(entry.Dtype)}, not a floating type; "
                + "give unquantised weights.");
        }
    }

    private void Add(SafetensorsFile file)
    {
        _files.Add(file);
        foreach (string name in file.Names)
        {
            if (!_fileOf.TryAdd(name, file))
                throw new ModelFileException($"{file.Path} and {_fileOf[name].Path} both hold tensor \"{name}\"; remove the shard that is too many.");
        }
    }

    private IEnumerable<string> Files()
    {
        if (File.Exists(Path.Combine(Directory, FileName)))
            return [FileName];
        string index = Path.Combine(Directory, IndexName);
        if (File.Exists(index))
            return Shards(index);
        string hint = System.IO.Directory.EnumerateFiles(Directory, "pytorch_model*.bin").Any()
            ? "convert its pytorch_model.bin to safetensors first"
            : "give the folder of a complete Janus model";
        throw new ModelFileException($"{Directory} has no {FileName}; {hint}.");
    }

    private static string[] Shards(string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            string[] shards = [.. document.RootElement.GetProperty("weight_map").EnumerateObject()
                .Select(item => item.Value.GetString() ?? "").Distinct().Order(StringComparer.Ordinal)];
            if (shards.FirstOrDefault(shard => shard.Length == 0 || Path.GetFileName(shard) != shard) is { } outside)
                throw new ModelFileException($"{index} names the shard \"{outside}\", which is not a file of the same folder; restore the index.");
            return shards;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFileException($"{index} is not an index of shards ({e.Message}); restore the file.", e);
        }
    }
}
