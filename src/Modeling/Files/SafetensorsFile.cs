using System.IO.MemoryMappedFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>A safetensors file opened for reading: the header is checked at once, the data are mapped and copied when asked for.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile? map)
    {
        Path = path;
        Header = header;
        _map = map;
        _view = map?.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public string Path { get; }

    public SafetensorsHeader Header { get; }

    public IReadOnlyCollection<string> Names => [.. Header.Entries.Keys];

    public SafetensorsEntry this[string name] => Header.Entries.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new ModelFileException($"{Path} has no tensor \"{name}\"; it holds {Header.Entries.Count} others.");

    /// <exception cref="ModelFileException">The file is missing, unreadable, truncated, or its header is damaged.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
            MemoryMappedFile? map = stream.Length == header.DataStart
                ? null
                : MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            return new SafetensorsFile(path, header, map);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFileException($"{path} does not exist; give the folder of a complete model.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path} cannot be read ({e.Message}); check the file and its permissions.", e);
        }
    }

    /// <summary>Copies one tensor out of the file, converted to <paramref name="dtype"/> and moved to <paramref name="device"/> when given.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor.</exception>
    public Tensor Read(string name, ScalarType? dtype = null, Device? device = null)
    {
        SafetensorsEntry entry = this[name];
        Tensor raw = empty(entry.Shape, entry.Dtype);
        Copy(entry, raw);
        Tensor result = raw;
        if (dtype is { } wanted && wanted != entry.Dtype)
        {
            result = raw.to_type(wanted);
            raw.Dispose();
        }
        if (device is null || device.type == DeviceType.CPU)
            return result;
        Tensor moved = result.to(device);
        result.Dispose();
        return moved;
    }

    public void Dispose()
    {
        _view?.Dispose();
        _map?.Dispose();
    }

    // Piece by piece, because a span ends at 2 GiB.
    private unsafe void Copy(SafetensorsEntry entry, Tensor destination)
    {
        if (entry.Bytes == 0 || _view is null)
            return;
        byte* source = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref source);
        try
        {
            source += _view.PointerOffset + Header.DataStart + entry.Start;
            using var stream = new UnmanagedMemoryStream(source, entry.Bytes);
            destination.ReadBytesFromStream(stream, 1 << 20);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
