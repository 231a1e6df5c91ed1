namespace PairUni.Silo;

/// <summary>Files of one JSON object a line, appended to by a process that may be killed at any byte.</summary>
public static class JsonLines
{
    /// <summary>Cuts off what follows the last line end: the torn line of a killed process. A missing file is fine.</summary>
    public static void CutTornLine(string path)
    {
        if (!File.Exists(path)) return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
            end--;
        }

        if (end < file.Length) file.SetLength(end);
    }
}
