using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PairUni.Data;

/// <summary>Reads and writes files with one JSON object a line.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file with their numbers from 1; blank lines are left out, CRLF and a byte order mark are accepted.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is not UTF-8.</exception>
    internal static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var reader = Open(path);
        for (var number = 1; Line(reader, path) is { } line; number++)
        {
            var text = (number == 1 ? line.TrimStart('\uFEFF') : line).Trim();
            if (text.Length > 0)
                yield return (number, text);
        }
    }

    /// <summary>Writes a file under a temporary name, flushes it to the disk and renames it, so that it is whole or absent.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    internal static void Write<T>(string path, IEnumerable<T> items) => Write(path, stream =>
    {
        foreach (var item in items)
        {
            JsonSerializer.Serialize(stream, item, Readable);
            stream.WriteByte((byte)'\n');
        }
    });

    /// <inheritdoc cref="Write{T}"/>
    internal static void WriteText(string path, string text) => Write(path, stream => stream.Write(Strict.GetBytes(text)));

    private static void Write(string path, Action<Stream> content)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path}: the file cannot be written ({fault.Message}).", fault);
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }
    }

    private static string? Line(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            // Of a part of the file the decoder does not know where that lies; reading it whole tells.
            return Text(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }
    }

    private static DataFileException Unreadable(string path, Exception fault) => new($"{path}: the file cannot be read ({fault.Message}).", fault);

    /// <summary>A file's text without its byte order mark.</summary>
    /// <exception cref="DataFileException">The file cannot be read or is not UTF-8.</exception>
    internal static string Text(string path)
    {
        try
        {
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new DataFileException($"{path}: the file is not UTF-8 (byte {fault.Index}).", fault);
        }
    }
}
