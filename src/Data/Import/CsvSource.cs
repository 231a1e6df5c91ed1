namespace PairUni.Data.Import;

/// <summary>Reads samples from comma-separated values with a header.</summary>
internal static class CsvSource
{
    public static IEnumerable<SourceRecord> Read(string path, FieldMap map)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, fields) in CsvReader.Rows(JsonLines.Text(path), path))
        {
            var where = $"{path}:{line}";
            if (columns.Count == 0)
            {
                foreach (var (column, name) in fields.Index())
                {
                    if (!columns.TryAdd(name.Trim(), column))
                        throw new DataFileException($"{where}: two columns are named \"{name.Trim()}\"; rename one.");
                }
                continue;
            }
            yield return fields.Length == columns.Count
                ? Record(fields, columns, map, where)
                : SourceRecord.Wrong($"{where}: the row has {fields.Length} fields, but the header has {columns.Count}; put quotes around fields with commas.");
        }
    }

    private static SourceRecord Record(string[] fields, Dictionary<string, int> columns, FieldMap map, string where)
    {
        try
        {
            return map.Sample(name => columns.TryGetValue(name, out var column) ? fields[column] : null, columns.Keys, where);
        }
        catch (DataFileException problem)
        {
            return SourceRecord.Wrong(problem.Message);
        }
    }
}
