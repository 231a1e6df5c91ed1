using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>Who the run is and where its folder lies.</summary>
public sealed record RunIdentityOptions
{
    /// <summary>Name of the run and of its folder. Empty: the config file's name, or the next free one such as smoke-2.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,63}|")]
    public string Name { get; init; } = "";

    /// <summary>Seed from which every sample, shuffle and initialisation derives.</summary>
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; } = 1;

    /// <summary>Folder that holds the runs' folders.</summary>
    [Unit("path"), MinLength(1)]
    public string Out { get; init; } = "runs";
}
