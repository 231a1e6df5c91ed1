using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>
/// A file of named tensors, opened for reading: what it holds is checked at once, the data are read when asked for, straight into the
/// tensor that is to have them, or shared with the file where type and layout agree.
/// </summary>
/// <remarks>
/// Copies go through reads by position rather than through a mapping: mapped pages would count as memory a second time, and a file
/// that shrinks meanwhile is an error then instead of the process' end.
/// </remarks>
public abstract class WeightFile : IDisposable
{
    // Large enough that a read is all copying, small enough to stay out of the way.
    private const int Piece = 4 << 20;

    // What PyTorch's own allocator gives: kernels may round differently at other alignments.
    private const int Alignment = 64;

    // Below this a copy costs nothing worth a mapping.
    private const int WorthSharing = 1 << 20;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, StoredTensor> _tensors;
    private readonly Dictionary<ScalarType, Tensor> _mappings = [];

    private protected WeightFile(string path, SafeFileHandle handle, IEnumerable<StoredTensor> tensors)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
        _tensors = tensors.ToDictionary(tensor => tensor.Name);
    }

    public string Path { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    public IReadOnlyCollection<string> Names => _tensors.Keys;

    public IReadOnlyCollection<StoredTensor> Tensors => _tensors.Values;

    /// <exception cref="ModelFileException">The file has no such tensor.</exception>
    public StoredTensor this[string name] => _tensors.TryGetValue(name, out StoredTensor? tensor)
        ? tensor
        : throw new ModelFileException($"{Path} has no tensor \"{name}\"; it holds {_tensors.Count} others.");

    /// <summary>Opens a safetensors file or a zip checkpoint of PyTorch, told apart by their first bytes.</summary>
    /// <exception cref="ModelFileException">The file is missing, unreadable, truncated, of another kind, or lies about itself.</exception>
    public static WeightFile Open(string path)
    {
        SafeFileHandle handle = OpenHandle(path);
        try
        {
            return WeightFileKind.Of(handle, path) == WeightFileKind.Zip ? new TorchFile(path, handle) : new SafetensorsFile(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>One tensor, converted to <paramref name="dtype"/> and on <paramref name="device"/> when given.</summary>
    /// <exception cref="ModelFileException">The file has no such tensor, or has become shorter.</exception>
    public Tensor Read(string name, ScalarType? dtype = null, Device? device = null)
    {
        StoredTensor stored = this[name];
        Tensor result = empty(stored.Shape, dtype ?? stored.Dtype, device ?? CPU);
        try
        {
            CopyTo(stored, result);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Fills a tensor of the same number of elements, of any type and on any device; never tracked by autograd. Safe to call from several threads.</summary>
    /// <exception cref="ModelFileException">The file has become shorter.</exception>
    public void CopyTo(StoredTensor stored, Tensor destination)
    {
        if (stored.Elements == 0)
            return;
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (!stored.IsContiguous || !destination.is_contiguous())
        {
            Tensor span = empty(stored.Extent / stored.Width, stored.Dtype);
            Fill(span, stored.Offset);
            destination.copy_(span.as_strided(stored.Shape, stored.Strides).reshape(destination.shape));
        }
        else if (destination.dtype == stored.Dtype && destination.device_type == DeviceType.CPU)
        {
            Fill(destination.view(-1), stored.Offset);
        }
        else
        {
            CopyInPieces(stored, destination.view(-1));
        }
    }

    /// <summary>
    /// A CPU tensor that shares the file's pages: nothing is read until it is used, and writing to it changes memory, not the file.
    /// Null where the bytes do not lie as a tensor needs them, or are few.
    /// </summary>
    public Tensor? Share(StoredTensor stored)
    {
        if (stored.Bytes < WorthSharing || stored.Offset % Alignment != 0)
            return null;
        if (!_mappings.TryGetValue(stored.Dtype, out Tensor? mapping))
        {
            mapping = from_file(Path, shared: false, size: Length / stored.Width, dtype: stored.Dtype).DetachFromDisposeScope();
            _mappings.Add(stored.Dtype, mapping);
        }
        return mapping.as_strided(stored.Shape, stored.Strides, stored.Offset / stored.Width);
    }

    public void Dispose()
    {
        foreach (Tensor mapping in _mappings.Values)
            mapping.Dispose();
        _handle.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static SafeFileHandle OpenHandle(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
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

    private void CopyInPieces(StoredTensor stored, Tensor flat)
    {
        int most = (int)Math.Min(stored.Elements, Piece / stored.Width);
        Tensor buffer = empty(most, stored.Dtype);
        for (long start = 0; start < stored.Elements; start += most)
        {
            using DisposeScope scope = NewDisposeScope();
            long count = Math.Min(most, stored.Elements - start);
            Tensor piece = buffer.narrow(0, 0, count);
            Fill(piece, stored.Offset + start * stored.Width);
            flat.narrow(0, start, count).copy_(piece);
        }
    }

    // Piece by piece, because a span ends at 2 GiB.
    private void Fill(Tensor flat, long offset)
    {
        long width = flat.element_size();
        long most = Piece / width;
        for (long start = 0; start < flat.numel(); start += most)
        {
            using Tensor piece = flat.narrow(0, start, Math.Min(most, flat.numel() - start));
            Span<byte> bytes = piece.bytes;
            for (int done = 0; done < bytes.Length;)
            {
                int read = RandomAccess.Read(_handle, bytes[done..], offset + start * width + done);
                if (read == 0)
                    throw new ModelFileException($"{Path} has become shorter while it was read; download or save the file again.");
                done += read;
            }
        }
    }
}
