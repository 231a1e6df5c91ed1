using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>The weights of a model folder: one file or several shards, safetensors or PyTorch checkpoints.</summary>
public sealed class CheckpointFolder : IDisposable
{
    /// <summary>The name that weights are saved under.</summary>
    public const string FileName = "model.safetensors";

    private readonly Dictionary<string, WeightFile> _fileOf = [];
    private readonly List<WeightFile> _files = [];

    private CheckpointFolder(string where) => Where = where;

    /// <summary>The one file, or the index of the shards.</summary>
    public string Where { get; private set; }

    public IReadOnlyList<WeightFile> Files => _files;

    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    public StoredTensor this[string name] => _fileOf[name][name];

    /// <summary>Fills a tensor from one of the folder's; see <see cref="WeightFile.CopyTo"/>.</summary>
    public void CopyTo(string name, Tensor destination) => _fileOf[name].CopyTo(_fileOf[name][name], destination);

    /// <exception cref="ModelFileException">No weights in the folder, a shard is missing, or a file of them is damaged.</exception>
    public static CheckpointFolder Open(string directory)
    {
        if (!Directory.Exists(directory))
            throw new ModelFileException($"The model folder {directory} does not exist; give the folder of a complete Janus model.");
        WeightPaths paths = WeightPaths.In(directory);
        var folder = new CheckpointFolder(paths.Where);
        try
        {
            foreach (string path in paths.Files)
                folder.Add(WeightFile.Open(path));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder has weights at all.</summary>
    public static bool IsIn(string directory) => Directory.Exists(directory) && WeightPaths.Find(directory) is not null;

    /// <summary>Holds the folder against what a model wants, without reading any data.</summary>
    /// <param name="wanted">Names and shapes of the model's parameters.</param>
    /// <exception cref="ModelFileException">Tensors are missing, extra, misshapen or not of a floating type.</exception>
    public void Check(IEnumerable<(string Name, long[] Shape)> wanted, WeightNames names) => new WeightFit(this, names).Check(wanted);

    /// <summary>
    /// Fills every parameter of <paramref name="module"/> from the folder, converting its type, or lets it share the file's pages where type,
    /// layout and device allow. Every tensor of the folder must be wanted or known to be unused.
    /// </summary>
    /// <param name="names">How the folder names what the module wants.</param>
    /// <param name="ranges">Parameters that are row ranges of one matrix.</param>
    /// <exception cref="ModelFileException">Tensors are missing, extra, misshapen or not of a floating type; nothing was copied then.</exception>
    public void CopyInto(nn.Module module, WeightNames names, IReadOnlyList<RowRanges> ranges)
    {
        (string Name, Parameter Parameter)[] wanted = [.. module.named_parameters()];
        Check(wanted.Select(item => (item.Name, item.Parameter.shape)), names);
        using IDisposable guard = no_grad();
        var filled = new HashSet<string>();
        foreach (RowRanges range in ranges.Where(range => Share(range, names)))
            filled.UnionWith(range.Names);
        (WeightFile File, StoredTensor Stored, Tensor Destination)[] copies =
        [
            .. wanted.Where(item => !filled.Contains(item.Name) && (!IsFree(item.Name, ranges) || !Share(item.Name, item.Parameter, names)))
                .SelectMany(item => Pieces(item.Name, item.Parameter, names)),
        ];
        int threads = copies.All(copy => copy.Destination.device_type == DeviceType.CPU) ? Environment.ProcessorCount : 1;
        Parallel.ForEach(copies, new ParallelOptions { MaxDegreeOfParallelism = threads }, copy => copy.File.CopyTo(copy.Stored, copy.Destination));
        foreach ((_, _, Tensor destination) in copies)
            destination.Dispose();
    }

    /// <summary>A tensor as the folder stores it, sharing the file's pages where its layout allows.</summary>
    public Tensor Keep(string name)
    {
        WeightFile file = _fileOf[name];
        return file.Share(file[name]) ?? file.Read(name);
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    // Row ranges of one matrix stay together: sharing one of them alone would tear it from the others.
    private static bool IsFree(string name, IReadOnlyList<RowRanges> ranges) => !ranges.Any(range => range.Names.Contains(name));

    private bool Share(string name, Parameter parameter, WeightNames names)
    {
        if (parameter.device_type != DeviceType.CPU || names.Of(name) is not [string only] || this[only] is not { IsContiguous: true } stored
            || stored.Dtype != parameter.dtype || _fileOf[only].Share(stored) is not { } shared)
            return false;
        using (shared)
        using (Tensor shaped = shared.view(parameter.shape))
            parameter.set_(shaped);
        return true;
    }

    private bool Share(RowRanges range, WeightNames names)
    {
        StoredTensor[] parts = [.. range.Names.SelectMany(names.Of).Select(name => this[name])];
        WeightFile[] files = [.. range.Names.SelectMany(names.Of).Select(name => _fileOf[name]).Distinct()];
        bool adjacent = files.Length == 1 && parts.All(part => part.IsContiguous) && parts.Zip(parts.Skip(1)).All(pair => pair.First.Offset + pair.First.Bytes == pair.Second.Offset);
        if (!adjacent || range.Whole.device_type != DeviceType.CPU || parts[0].Dtype != range.Whole.dtype)
            return false;
        long[] shape = range.Whole.shape;
        if (files[0].Share(parts[0] with { Shape = shape, Strides = StoredTensor.Packed(shape) }) is not { } shared)
            return false;
        using (shared)
            range.Replace(shared);
        return true;
    }

    private IEnumerable<(WeightFile, StoredTensor, Tensor)> Pieces(string name, Parameter parameter, WeightNames names)
    {
        string[] parts = names.Of(name);
        if (parts.Length == 1)
            return [(_fileOf[parts[0]], this[parts[0]], parameter.alias())];
        long rows = parameter.size(0) / parts.Length;
        return parts.Select((part, i) => (_fileOf[part], this[part], parameter.narrow(0, i * rows, rows)));
    }

    private void Add(WeightFile file)
    {
        _files.Add(file);
        foreach (string name in file.Names)
        {
            if (!_fileOf.TryAdd(name, file))
                throw new ModelFileException($"{file.Path} and {_fileOf[name].Path} both hold tensor \"{name}\"; remove the shard that is too many.");
        }
    }
}
