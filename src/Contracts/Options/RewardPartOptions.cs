using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>One reward, by name, and how much it counts.</summary>
public sealed record RewardPartOptions
{
    /// <summary>Reward model: shapes judges images of the shapes world, hps is HPSv2.1, answer compares with the right answer.</summary>
    [AllowedValues("shapes", "hps", "answer")]
    public string Name { get; init; } = "";

    /// <summary>Factor in the sum.</summary>
    [Range(-1000.0, 1000.0)]
    public double Weight { get; init; } = 1;

    /// <summary>Variant of the reward. shapes: dense counts the satisfied parts of a prompt, strict is 0 or 1. hps: no_antialias resizes as torchvision before 0.17. answer has none.</summary>
    [AllowedValues("", "dense", "strict", "no_antialias")]
    public string Mode { get; init; } = "";

    /// <summary>Weights of the reward model, or the folder with them and its other files; hps needs it (docs/rewards.md), the others have none.</summary>
    [Unit("path")]
    public string? Path { get; init; }
}
