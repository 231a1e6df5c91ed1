using PairUni.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PairUni.Cli.Config;

/// <summary>Reads one YAML document into values that remember their line. Anchors, aliases and tags are refused: no config needs them.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;
    private readonly Parser _parser;
    private readonly Func<long, string> _origin;

    private YamlReader(string text, Func<long, string> origin)
    {
        _parser = new Parser(new StringReader(text));
        _origin = origin;
    }

    /// <param name="text">The document.</param>
    /// <param name="origin">Says where a line (counted from 1) stands, for messages.</param>
    /// <returns>The root value, or null when the document is empty.</returns>
    /// <exception cref="UserErrorException">The text is not YAML, or uses what is refused.</exception>
    public static ConfigValue? Read(string text, Func<long, string> origin)
    {
        var reader = new YamlReader(text, origin);
        try
        {
            return reader.Document();
        }
        catch (YamlException fault)
        {
            throw new UserErrorException($"{origin(Math.Max(1, fault.Start.Line))}: not valid YAML: {Sentence(fault)}", fault);
        }
    }

    private ConfigValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = Value(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out var next))
            throw new UserErrorException($"{Where(_parser.Current!)}: a second YAML document begins here; keep one document in the file");
        _ = next;
        return root;
    }

    private ConfigValue Value(int depth)
    {
        if (depth > MaxDepth)
            throw new UserErrorException($"{Where(_parser.Current!)}: nested more than {MaxDepth} levels deep; no setting needs that");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new ConfigScalar(scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any), Where(scalar));
        if (_parser.TryConsume<SequenceStart>(out var list))
            return new ConfigList(Items(depth), Where(list));
        if (_parser.TryConsume<MappingStart>(out var map))
            return new ConfigMap(Entries(depth), Where(map));
        throw new UserErrorException($"{Where(_parser.Current!)}: YAML aliases are not supported; write the value out");
    }

    private List<ConfigValue> Items(int depth)
    {
        var items = new List<ConfigValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(depth + 1));
        return items;
    }

    private List<ConfigEntry> Entries(int depth)
    {
        var entries = new List<ConfigEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw new UserErrorException($"{Where(_parser.Current!)}: a key must be a plain word");
            if (entries.Find(e => e.Key == key.Value) is { } first)
                throw new UserErrorException($"{Where(key)}: {key.Value} is given twice, first at {first.Origin}; remove one");
            entries.Add(new ConfigEntry(key.Value, Value(depth + 1), Where(key)));
        }

        return entries;
    }

    private string Where(ParsingEvent at) => _origin(Math.Max(1, at.Start.Line));

    private static string Sentence(YamlException fault)
    {
        var text = fault.Message.Replace('\n', ' ').Trim().TrimEnd('.');
        var colon = text.StartsWith('(') ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        return colon < 0 ? text : text[(colon + 3)..];
    }
}
