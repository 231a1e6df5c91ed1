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
        var lines = Text(path).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var text = lines[i].Trim();
            if (text.Length > 0)
                yield return (i + 1, text);
        }
    }

    /// <summary>Writes a file under a temporary name, flushes it to the disk and renames it, so that it is whole or absent.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    internal static void Write<T>(string path, IEnumerable<T> items) =>
        WriteText(path, string.Concat(items.Select(item => JsonSerializer.Serialize(item, Readable) + "\n")));

    /// <inheritdoc cref="Write"/>
    internal static void WriteText(string path, string text)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                stream.Write(Strict.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path}: the file cannot be written ({fault.Message}).", fault);
        }
    }

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
            throw new DataFileException($"{path}: the file cannot be read ({fault.Message}).", fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new DataFileException($"{path}: the file is not UTF-8 (byte {fault.Index}).", fault);
        }
    }
}
