using System.Buffers;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>
/// The journal of a run as a file that is only ever appended to. An entry is handed to the operating system before the call returns, so
/// it survives the process; it is not synced to the disk one by one.
/// </summary>
public sealed class JournalFile : IJournal, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <summary>Opens the file to append to; a torn last line of a killed process is cut off.</summary>
    public JournalFile(string path, TimeProvider time)
    {
        JsonLines.CutTornLine(path);
        _file = AppendFile.Open(path);
        _time = time;
    }

    public void Append(JournalEntry entry)
    {
        lock (_lock)
        {
            _line.ResetWrittenCount();
            JournalLine.Write(_line, entry, _time.GetUtcNow());
            _file.Write(_line.WrittenSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock) _file.Dispose();
    }
}
