using System.Text.Json;
using System.Text.Json.Serialization;

namespace PairUni.Contracts.Options;

/// <summary>A run's options as they travel: JSON with the names of the configuration file.</summary>
public static class RunOptionsJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static string Write(RunOptions options) => JsonSerializer.Serialize(options, Json);

    /// <exception cref="UserErrorException">The text is not a run's options, or has keys that this version does not know.</exception>
    public static RunOptions Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RunOptions>(text, Json)
                ?? throw new UserErrorException("The run's options are empty; submit it again with the pairuni of this cluster.");
        }
        catch (JsonException fault)
        {
            throw new UserErrorException($"The run's options cannot be read ({fault.Message.TrimEnd('.')}); submit it again with the pairuni of this cluster.", fault);
        }
    }
}
