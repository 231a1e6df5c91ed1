using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PairUni.Data.Augmentation;

/// <summary>
/// Every answer that was paid for, a line each, only ever appended to and on the disk before anything is made of it. A killed run finds
/// its answers here and pays for none of them again.
/// </summary>
/// <remarks>
/// <code>
/// callers --Append--> [queue] --all that wait--> one write, one flush --> every caller of these
/// </code>
/// | part | produces | waits for | unblocked by |
/// | Append | an entry | the flush that covers it | the writer; the number of callers bounds the queue |
/// | writer | lines on the disk | an entry | Append, disposal |
/// </remarks>
public sealed class AnswerLog : IAsyncDisposable
{
    /// <summary>Name of the file inside the folder that is made.</summary>
    public const string Name = "answers.jsonl";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly BlockingCollection<(LogEntry Entry, TaskCompletionSource Written)> queue = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileStream stream;
    private readonly string path;
    private readonly Dictionary<(string, int), LogEntry> answers;

    private AnswerLog(string path, FileStream stream, IReadOnlyList<LogEntry> entries, bool torn)
    {
        (this.path, this.stream, Entries, Torn) = (path, stream, entries, torn);
        answers = entries.Where(entry => entry.Outcome != AnswerOutcome.Lost).GroupBy(entry => (entry.Key, entry.Try)).ToDictionary(group => group.Key, group => group.First());
        // A thread of its own: a flush blocks, for milliseconds on a busy disk.
        new Thread(WriteAll) { Name = Name, IsBackground = true }.Start();
    }

    /// <summary>What was there when the log was opened.</summary>
    public IReadOnlyList<LogEntry> Entries { get; }

    /// <summary>The last line was not whole and was cut off.</summary>
    public bool Torn { get; }

    /// <summary>Opens a log or begins one.</summary>
    /// <exception cref="DataFileException">The file is no such log, is broken before its last line, or in use by another process.</exception>
    public static AnswerLog Open(string path)
    {
        var stream = OpenFile(path);
        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var (entries, whole) = Parse(bytes, path);
            stream.SetLength(whole);
            stream.Position = whole;
            return new(path, stream, entries, whole < bytes.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The answer to an inquiry that was there when the log was opened.</summary>
    public LogEntry? Find(string key, int attempt) => answers.GetValueOrDefault((key, attempt));

    /// <summary>Appends an entry; it is on the disk when this is done.</summary>
    /// <exception cref="DataFileException">It cannot be written.</exception>
    public Task Append(LogEntry entry)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add((entry, written));
        return written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await ended.Task;
        await stream.DisposeAsync();
        queue.Dispose();
    }

    private void WriteAll()
    {
        DataFileException? broken = null;
        foreach (var first in queue.GetConsumingEnumerable())
        {
            var (text, waiting) = (new StringBuilder(), new List<TaskCompletionSource>());
            var next = first;
            do
            {
                text.Append(JsonSerializer.Serialize(next.Entry, Readable)).Append('\n');
                waiting.Add(next.Written);
            }
            while (queue.TryTake(out next));
            // After a failure the file may end in half a line, which nothing may follow.
            broken ??= Write(text.ToString());
            foreach (var written in waiting)
            {
                if (broken is null)
                    written.SetResult();
                else
                    written.SetException(broken);
            }
        }
        ended.SetResult();
    }

    private DataFileException? Write(string text)
    {
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
            return null;
        }
        catch (IOException fault)
        {
            return new($"{path}: answers cannot be written ({fault.Message}); make room and run this again.", fault);
        }
    }

    // The length is that of the whole lines.
    private static (List<LogEntry> Entries, int Length) Parse(byte[] bytes, string path)
    {
        var entries = new List<LogEntry>();
        for (var (start, line) = (0, 1); ; line++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0)
                return (entries, start);
            try
            {
                entries.Add(JsonSerializer.Deserialize<LogEntry>(bytes.AsSpan(start, end - start)) ?? throw new JsonException());
            }
            catch (JsonException fault)
            {
                if (end == bytes.Length - 1 && entries.Count > 0)
                    return (entries, start);
                throw new DataFileException($"{path}:{line}: the line is no answer of data augment; restore the file, or give another --out.", fault);
            }
            start = end + 1;
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path}: the log of answers cannot be opened ({fault.Message}); wait for the other process, or give another --out.", fault);
        }
    }
}
