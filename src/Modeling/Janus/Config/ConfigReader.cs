using System.Text.Json;

namespace PairUni.Modeling.Janus;

/// <summary>Reads one object of a config.json; every complaint names the file, the key and the value found.</summary>
internal readonly struct ConfigReader(string file, string path, JsonElement element)
{
    public static ConfigReader Open(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return new ConfigReader(file, "", document.RootElement.Clone()).MustBeObject();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFileException($"{file} does not exist; give the folder of a complete Janus model.", e);
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"{file} is not valid JSON ({e.Message}); restore the file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{file} cannot be read ({e.Message}); check the file and its permissions.", e);
        }
    }

    /// <summary>Whether the key is there with a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    public ConfigReader Object(string key) => Find(key) is { } value
        ? new ConfigReader(file, Join(key), value).MustBeObject()
        : throw Missing(key, "an object");

    public int Int(string key, int? absent = null, int min = 1, int max = int.MaxValue)
    {
        if (Find(key) is not { } value)
            return absent ?? throw Missing(key, "a whole number");
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max)
            return number;
        throw Bad(key, value, $"a whole number from {min}{(max == int.MaxValue ? " on" : $" to {max}")}");
    }

    public double Number(string key, double absent)
    {
        if (Find(key) is not { } value)
            return absent;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number > 0)
            return number;
        throw Bad(key, value, "a number above 0");
    }

    public bool Flag(string key, bool absent) => Find(key) switch
    {
        null => absent,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Bad(key, value, "true or false"),
    };

    public string Text(string key, string absent) => Find(key) switch
    {
        null => absent,
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        { } value => throw Bad(key, value, "a text"),
    };

    public int[] Ints(string key, int[] absent)
    {
        if (Find(key) is not { } value)
            return absent;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= 16
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int n) && n > 0))
            return [.. value.EnumerateArray().Select(item => item.GetInt32())];
        throw Bad(key, value, "a list of whole numbers from 1 on");
    }

    /// <summary>An error about the value of <paramref name="key"/> that only its meaning shows.</summary>
    public ModelFileException Wrong(string key, string fault) => new($"{file}: {Join(key)} {fault}; correct the file.");

    private JsonElement? Find(string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private ConfigReader MustBeObject() => element.ValueKind == JsonValueKind.Object
        ? this
        : throw new ModelFileException($"{file}: {(path.Length == 0 ? "the top level" : path)} must be an object; correct the file.");

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private ModelFileException Missing(string key, string what) =>
        new($"{file}: {Join(key)} is missing, it must be {what}; add it or restore the file.");

    private ModelFileException Bad(string key, JsonElement value, string what)
    {
        string found = value.GetRawText();
        return new($"{file}: {Join(key)} is {(found.Length > 40 ? found[..40] + "..." : found)}, it must be {what}; correct the file.");
    }
}
