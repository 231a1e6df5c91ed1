using System.Text.Json.Nodes;

namespace PairUni.Modeling.Janus;

/// <summary>The shape that the original's config.json gives to each part.</summary>
internal static class ConfigJson
{
    public static JsonObject Part(string cls, string modelType, JsonObject parameters) => new()
    {
        ["cls"] = cls,
        ["model_type"] = modelType,
        ["params"] = parameters,
    };

    /// <summary>Adds a field that the original's code implies only where it differs from what that code implies.</summary>
    public static void AddUnless(this JsonObject json, string key, int value, int implied)
    {
        if (value != implied)
            json[key] = value;
    }
}
