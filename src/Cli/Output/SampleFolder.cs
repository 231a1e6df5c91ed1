using System.Globalization;
using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Cli.Output;

/// <summary>samples/step-000010/ of a run: the step's first groups as image files, and samples.jsonl with prompt, answer and reward of each.</summary>
internal static class SampleFolder
{
    /// <summary>Groups of each task that are kept; enough to look at, few enough for big images.</summary>
    private const int GroupsPerTask = 4;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="runFolder">The run's folder.</param>
    /// <param name="step">The step the groups belong to.</param>
    /// <param name="groups">The step's groups.</param>
    public static void Write(string runFolder, int step, IEnumerable<OfferGroup> groups)
    {
        var folder = Path.Combine(runFolder, "samples", "step-" + step.ToString("D6", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        using var lines = new StreamWriter(Path.Combine(folder, "samples.jsonl"));
        foreach (var group in groups.GroupBy(g => g.Group.Key.Task).OrderBy(g => g.Key).SelectMany(g => g.OrderBy(o => o.Group.Key).Take(GroupsPerTask)))
        {
            foreach (var line in group.Group.Key.Task == TaskKind.Generate ? Drawings(folder, group) : Answers(folder, group))
                lines.Write(JsonSerializer.Serialize(line, Json) + "\n");
        }
    }

    private static IEnumerable<SampleLine> Drawings(string folder, OfferGroup group) => group.Group.Samples.Select((sample, i) => new SampleLine
    {
        Task = "generate",
        Pair = group.Group.Key.Pair,
        Sample = i,
        Tag = group.Spec.Tag,
        Prompt = group.Spec.Prompt,
        Image = Save(folder, string.Create(CultureInfo.InvariantCulture, $"pair-{group.Group.Key.Pair:D3}-{i}"), sample.Image),
        Reward = Reward(group, i),
    });

    private static IEnumerable<SampleLine> Answers(string folder, OfferGroup group)
    {
        var image = Save(folder, string.Create(CultureInfo.InvariantCulture, $"pair-{group.Group.Key.Pair:D3}-question"), group.Spec.Image);
        return group.Group.Samples.Select((sample, i) => new SampleLine
        {
            Task = "understand",
            Pair = group.Group.Key.Pair,
            Sample = i,
            Tag = group.Spec.Tag,
            Question = group.Spec.Question,
            Expected = group.Spec.Answer,
            Completion = sample.Text,
            Image = image,
            Reward = Reward(group, i),
        });
    }

    private static float? Reward(OfferGroup group, int sample) => sample < group.Score.Rewards.Length ? group.Score.Rewards[sample] : null;

    private static string? Save(string folder, string name, ReadOnlyMemory<byte> image)
    {
        if (image.IsEmpty)
            return null;
        var file = name + (image.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? ".jpg" : ".png");
        File.WriteAllBytes(Path.Combine(folder, file), image.ToArray());
        return file;
    }

    private sealed record SampleLine
    {
        public required string Task { get; init; }

        public required int Pair { get; init; }

        public required int Sample { get; init; }

        public required string Tag { get; init; }

        public string? Prompt { get; init; }

        public string? Question { get; init; }

        public string? Expected { get; init; }

        public string? Completion { get; init; }

        public string? Image { get; init; }

        public required float? Reward { get; init; }
    }
}
