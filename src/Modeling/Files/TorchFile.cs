using Microsoft.Win32.SafeHandles;

namespace PairUni.Modeling.Files;

/// <summary>
/// A checkpoint as torch.save writes it since 1.6: a zip archive of one pickle and the storages. The tensors are those of its dictionary,
/// or of the entry <c>state_dict</c> where it has one; other entries are left aside.
/// </summary>
public sealed class TorchFile : WeightFile
{
    private const string StateDict = "state_dict";

    internal TorchFile(string path, SafeFileHandle handle) : base(path, handle, Describe(handle, path)) { }

    private static IEnumerable<StoredTensor> Describe(SafeFileHandle handle, string path)
    {
        IReadOnlyDictionary<string, ZipEntry> files = ZipDirectory.Read(handle, path);
        string[] pickles = [.. files.Keys.Where(name => name == "data.pkl" || name.EndsWith("/data.pkl", StringComparison.Ordinal))];
        if (pickles.Length != 1)
            throw new ModelFileException($"{path} is a zip archive with {pickles.Length} files data.pkl, not a checkpoint that torch.save wrote; give one.");
        string root = pickles[0][..^"data.pkl".Length];
        ZipEntry pickle = ZipDirectory.Locate(handle, path, files[pickles[0]]);
        if (files.TryGetValue(root + "byteorder", out ZipEntry order) && order.Length == 3)
            throw new ModelFileException($"{path} was written on a big-endian machine; save it again on a little-endian one.");
        if (pickle.Length > int.MaxValue)
            throw new ModelFileException($"{path}: its pickle is {pickle.Length} bytes long; save the weights without other data.");
        object? value = PickleReader.Read(ZipDirectory.ReadAt(handle, path, pickle.Offset, (int)pickle.Length), path);
        var storages = new Dictionary<string, ZipEntry>();
        long fileLength = RandomAccess.GetLength(handle);
        foreach ((string name, PickledTensor tensor) in Weights(value, path))
        {
            PickledStorage storage = tensor.Storage;
            if (!storages.TryGetValue(storage.Key, out ZipEntry data))
            {
                if (!files.TryGetValue($"{root}data/{storage.Key}", out ZipEntry entry))
                    throw new ModelFileException($"{path} has no data of tensor \"{name}\" (data/{storage.Key}); download or save the file again.");
                storages.Add(storage.Key, data = ZipDirectory.Locate(handle, path, entry));
            }
            int width = SafetensorsDtype.Width(storage.Dtype);
            if ((Int128)storage.Elements * width > data.Length)
            {
                throw new ModelFileException($"{path} holds {data.Length} bytes of data/{storage.Key} where {storage.Elements} values of "
                    + $"{SafetensorsDtype.Name(storage.Dtype)} need more; download or save the file again.");
            }
            var stored = new StoredTensor(name, storage.Dtype, tensor.Shape, tensor.Strides, data.Offset + tensor.Offset * width);
            // An expanded view repeats its elements: reading it must not take more memory than the file could fill.
            if ((Int128)stored.Elements * width > fileLength)
                throw new ModelFileException($"{path}: tensor \"{name}\" repeats its data to shape {stored.ShapeText}, more than the whole file; save it contiguous.");
            yield return stored;
        }
    }

    private static IEnumerable<(string Name, PickledTensor Tensor)> Weights(object? value, string path)
    {
        if (value is Dictionary<string, object?> outer && outer.TryGetValue(StateDict, out object? inner) && inner is not PickledTensor)
            value = inner;
        if (value is not Dictionary<string, object?> items || !items.Values.Any(item => item is PickledTensor))
            throw new ModelFileException($"{path} holds no dictionary of tensors, nor one under \"{StateDict}\"; give a file of weights.");
        foreach ((string name, object? item) in items)
        {
            yield return item is PickledTensor tensor
                ? (name, tensor)
                : throw new ModelFileException($"{path}: entry \"{name}\" among the tensors is none; give a file of weights alone, or with them under \"{StateDict}\".");
        }
    }
}
