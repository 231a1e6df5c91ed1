using System.Text.Json;
using System.Text.Json.Serialization;
using PairUni.Data.PairUg;

namespace PairUni.Data.Pools;

/// <summary>One single-task sample, a line of a pool file: an image with a caption, or with a question and its answer, or with all.</summary>
public sealed record PoolSample
{
    /// <summary>Name of the sample, its own within the pool.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The image, relative to the pool file's folder and inside it.</summary>
    [JsonPropertyName("image_path")]
    public required string ImagePath { get; init; }

    /// <summary>SHA-256 of the image file, 64 hexadecimal digits.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary><see cref="Features.PerceptualHash"/> of the image; empty when it was not computed.</summary>
    [JsonPropertyName("perceptual_hash")]
    public string PerceptualHash { get; init; } = "";

    /// <summary>What the image shows; empty when there is no caption yet.</summary>
    [JsonPropertyName("prompt")]
    public string Prompt { get; init; } = "";

    /// <summary>What to answer about the image; empty when there is no question yet.</summary>
    [JsonPropertyName("question")]
    public string Question { get; init; } = "";

    /// <summary>The right answer.</summary>
    [JsonPropertyName("answer")]
    public string Answer { get; init; } = "";

    /// <summary>Category, for balance and statistics.</summary>
    [JsonPropertyName("tag")]
    public string Tag { get; init; } = "";

    /// <summary>File and line that the sample was imported from.</summary>
    [JsonPropertyName("source")]
    public string Source { get; init; } = "";

    /// <summary>Fields that PairUni does not know; kept when the sample is written again.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>It can be asked about.</summary>
    [JsonIgnore]
    public bool CanUnderstand => Question.Length > 0 && Answer.Length > 0;

    /// <summary>It can be drawn.</summary>
    [JsonIgnore]
    public bool CanGenerate => Prompt.Length > 0;

    /// <summary>The sample as half of a pair.</summary>
    /// <param name="imagePath">The image, relative to the PairUG file.</param>
    public PairSide ToSide(string imagePath)
    {
        var extra = Unknown is null ? [] : new Dictionary<string, JsonElement>(Unknown);
        var record = extra.Remove("geneval", out var geneval) && geneval.ValueKind == JsonValueKind.Object
            ? Shapes.GenEvalRecord.Parse(geneval.GetRawText(), $"{Source}: \"geneval\"")
            : null;
        extra["id"] = JsonSerializer.SerializeToElement(Id);
        return new PairSide { ImagePath = imagePath, Prompt = Prompt, Question = Question, Answer = Answer, Tag = Tag, GenEval = record, Unknown = extra };
    }
}
