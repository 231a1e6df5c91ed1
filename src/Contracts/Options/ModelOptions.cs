using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>The model that is trained.</summary>
public sealed record ModelOptions
{
    /// <summary>Model folder in the layout of a Janus-Pro checkpoint.</summary>
    [Unit("path"), MinLength(1)]
    public string Path { get; init; } = "assets/janus-nano";

    /// <summary>Device that the model runs on.</summary>
    [RegularExpression("cpu|cuda(:[0-9]{1,2})?")]
    public string Device { get; init; } = "cpu";

    /// <summary>Type of the weights while they are computed with.</summary>
    [AllowedValues("float32", "bfloat16", "float16")]
    public string Dtype { get; init; } = "float32";
}
