using System.Text.Json.Serialization;

namespace PairUni.Cli.Bench;

/// <summary>How long groups are in one run of bench overlap.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverlapLengths>))]
internal enum OverlapLengths
{
    /// <summary>All the same.</summary>
    Equal,

    /// <summary>Skewed; images take the longer half, answers the shorter.</summary>
    ByTask,

    /// <summary>Skewed as much, and nothing tells beforehand which group is long.</summary>
    Unforeseen,
}
