using Microsoft.Win32.SafeHandles;

namespace PairUni.Modeling.Files;

/// <summary>A safetensors file opened for reading.</summary>
public sealed class SafetensorsFile : WeightFile
{
    internal SafetensorsFile(string path, SafeFileHandle handle) : this(path, handle, SafetensorsHeader.Read(handle, path)) { }

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header)
        : base(path, handle, header.Entries.Values.Select(entry => entry.At(header.DataStart))) => Header = header;

    public SafetensorsHeader Header { get; }

    /// <exception cref="ModelFileException">The file is missing, unreadable, truncated, or its header is damaged.</exception>
    public static new SafetensorsFile Open(string path)
    {
        SafeFileHandle handle = OpenHandle(path);
        try
        {
            return new SafetensorsFile(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
