using System.Text;

namespace PairUni.Data.Import;

/// <summary>Splits comma-separated values as RFC 4180 has them: quotes around fields, doubled quotes inside, line breaks in quoted fields.</summary>
internal static class CsvReader
{
    /// <summary>The rows with the line that each begins in, from 1; blank lines are left out.</summary>
    /// <exception cref="DataFileException">A quote is not closed, or stands where none may.</exception>
    public static IEnumerable<(int Line, string[] Fields)> Rows(string text, string path)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, start, at) = (1, 1, 0);
        while (at < text.Length)
        {
            field.Clear();
            var quoted = text[at] == '"';
            if (quoted)
                at = Quoted(text, at, field, path, ref line);
            else
                while (at < text.Length && text[at] is not (',' or '\n' or '\r'))
                    field.Append(text[at] != '"' ? text[at++] : throw new DataFileException($"{path}:{line}: a quote stands inside a field that does not begin with one; put quotes around the field and double those inside."));
            if (quoted && at < text.Length && text[at] is not (',' or '\n' or '\r'))
                throw new DataFileException($"{path}:{line}: the quoted field goes on after its closing quote; double the quotes inside a field.");
            fields.Add(field.ToString());
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length && text[at] is not ('\n' or '\r'))
                    continue;
                fields.Add("");
                if (at == text.Length)
                    break;
            }
            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
            if (fields is not [""])
                yield return (start, [.. fields]);
            fields.Clear();
            start = ++line;
        }
        if (fields.Count > 0)
            yield return (start, [.. fields]);
    }

    // Returns the place after the closing quote.
    private static int Quoted(string text, int at, StringBuilder field, string path, ref int line)
    {
        var opened = line;
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[at++]);
            }
            else
            {
                return at + 1;
            }
        }
        throw new DataFileException($"{path}:{opened}: a quoted field is not closed before the file ends.");
    }
}
