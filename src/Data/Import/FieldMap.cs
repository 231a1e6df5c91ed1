namespace PairUni.Data.Import;

/// <summary>Which field of a source holds which part of a sample.</summary>
public sealed class FieldMap
{
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["id"] = ["id"],
        ["image"] = ["image_path", "image"],
        ["prompt"] = ["prompt", "caption", "text"],
        ["question"] = ["question"],
        ["answer"] = ["answer"],
        ["tag"] = ["tag"],
        ["geneval"] = ["geneval"],
    };

    private readonly Dictionary<string, (string Field, bool Optional)> given = new(StringComparer.Ordinal);

    /// <summary>The parts of a sample, as a mapping names them.</summary>
    public static IReadOnlyCollection<string> Parts => Usual.Keys;

    /// <summary>Maps a part to a field; dots lead into objects and arrays; a question mark at the end lets the field be absent.</summary>
    /// <exception cref="DataFileException">There is no such part, or it is mapped twice.</exception>
    public void Add(string part, string field, string where)
    {
        if (!Usual.ContainsKey(part))
            throw new DataFileException($"{where}: a sample has no part \"{part}\"; map {string.Join(", ", Parts)}.");
        var optional = field.EndsWith('?');
        if (!given.TryAdd(part, (field.TrimEnd('?'), optional)))
            throw new DataFileException($"{where}: {part} is mapped twice, to {given[part].Field} and to {field}; keep one.");
    }

    /// <summary>The text of one part.</summary>
    /// <param name="part">Which.</param>
    /// <param name="read">Finds a field's text, null when the record does not have it.</param>
    /// <param name="fields">The fields that there are, for the error.</param>
    /// <param name="where">File and line.</param>
    /// <returns>Null when it is not mapped and has none of the usual names, or may be absent.</returns>
    /// <exception cref="DataFileException">The mapping names a field that the record does not have.</exception>
    internal string? Value(string part, Func<string, string?> read, IEnumerable<string> fields, string where)
    {
        if (!given.TryGetValue(part, out var mapped))
            return Usual[part].Select(read).FirstOrDefault(text => text is not null);
        return read(mapped.Field) ?? (mapped.Optional ? null
            : throw new DataFileException($"{where}: there is no field \"{mapped.Field}\", which {part} is mapped to; there are {string.Join(", ", fields.Take(12))}."));
    }

    /// <summary>A sample from a record with named fields.</summary>
    internal SourceSample Sample(Func<string, string?> read, IReadOnlyCollection<string> fields, string where) =>
        new(where, Value("id", read, fields, where), Value("image", read, fields, where))
        {
            Prompt = Value("prompt", read, fields, where),
            Question = Value("question", read, fields, where),
            Answer = Value("answer", read, fields, where),
            Tag = Value("tag", read, fields, where),
            GenEval = Value("geneval", read, fields, where),
        };

    /// <summary>Whether a field holds an object, not text: the record of what an image of the prompt must show.</summary>
    internal bool IsRecord(string field) => given.TryGetValue("geneval", out var mapped) ? mapped.Field == field : Usual["geneval"].Contains(field);
}
