using System.Text.Json;
using System.Text.RegularExpressions;
using PairUni.Algorithms;
using PairUni.Data.Augmentation;
using PairUni.Learner.Weights;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using TorchSharp;

namespace PairUni.Cli.Augment;

/// <summary>
/// Janus as its own annotator, without any network. It cannot hold itself to a schema, so it writes captions as free text, takes questions
/// from templates, and checks both by answering the question about the image itself.
/// </summary>
internal sealed class JanusAnnotator : IAnnotator, IAsyncDisposable
{
    private const int FewestWords = 3;
    private readonly JanusPolicy policy;
    private readonly DeviceLoop loop;
    private readonly PromptFile caption;
    private readonly QuestionTemplates questions;
    private readonly int maxTokens;

    /// <param name="folder">The model.</param>
    /// <param name="prompts">Folder of prompts that replace those that come with PairUni.</param>
    /// <param name="maxTokens">Longest answer in tokens.</param>
    public JanusAnnotator(string folder, string? prompts, torch.Device device, int maxTokens)
    {
        (caption, questions) = (PromptFile.Load(prompts, "janus-caption.md"), QuestionTemplates.Load(prompts));
        policy = JanusPolicy.Load(folder, device);
        Model = $"janus:{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} {ModelFingerprint.Of(policy.Model)[..12]}";
        loop = new("annotator", device, Environment.ProcessorCount);
        this.maxTokens = maxTokens;
    }

    public string Model { get; }

    public int Width => 1;

    public IReadOnlyDictionary<string, string> PromptFiles => new Dictionary<string, string> { [caption.Name] = caption.Text, [QuestionTemplates.FileName] = questions.Text };

    public string PromptVersion(AugmentStage stage) => stage switch
    {
        AugmentStage.Caption => caption.Version,
        AugmentStage.Question => questions.Version,
        _ => "janus-check 1",
    };

    public TokenCount Bound(Inquiry inquiry) => default;

    public Task<AnnotatorAnswer> Ask(Inquiry inquiry, CancellationToken cancellation) => loop.Run(() => inquiry.Stage switch
    {
        AugmentStage.Caption => Describe(inquiry),
        AugmentStage.Question => questions.For(inquiry.Sample.Prompt, Inquiry.Seed(inquiry.Origin)) is { } json ? Given(json) : Declined("no template of a question fits the caption"),
        AugmentStage.CheckCaption => Check(inquiry, Named(inquiry)),
        _ => Check(inquiry, null),
    }, cancellation);

    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync();
        policy.Dispose();
    }

    private AnnotatorAnswer Describe(Inquiry inquiry)
    {
        var (text, finished) = Say(inquiry, caption.For(inquiry.Sample));
        return !finished ? Declined($"the caption does not end within {maxTokens} tokens")
            : text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < FewestWords ? Declined($"\"{text}\" is no caption")
            : Given(JsonSerializer.Serialize(new { caption = text }));
    }

    // The sample, or its template, says what is right; a model that sees something else in the image contradicts it.
    private AnnotatorAnswer Check(Inquiry inquiry, string? lacking)
    {
        var (text, _) = Say(inquiry, inquiry.Sample.Question);
        var agrees = AnswerMatch.Score(text, inquiry.Sample.Answer, AnswerOptions.Of(inquiry.Sample.Question)) > 0;
        var reason = !agrees ? $"asked the question itself, the model answers \"{text}\", not {inquiry.Sample.Answer}" : lacking is not null ? $"the caption does not name \"{lacking}\"" : "";
        return Given(JsonSerializer.Serialize(new { reason, contradiction = !agrees, sufficient = lacking is null }));
    }

    // The answer's words if the caption lacks them; a plural has them.
    private static string? Named(Inquiry inquiry)
    {
        var answer = inquiry.Sample.Answer.Trim().TrimEnd('.');
        if (answer.Length == 1 && AnswerOptions.Of(inquiry.Sample.Question).TryGetValue(char.ToUpperInvariant(answer[0]), out var option))
            answer = option;
        return Regex.IsMatch(inquiry.Sample.Prompt, $@"(?<!\w){Regex.Escape(answer)}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant) ? null : answer;
    }

    private (string Text, bool Finished) Say(Inquiry inquiry, string text)
    {
        var samples = TextSampler.Sample(policy, RgbImage.Load(inquiry.ImageFile), text, [Inquiry.Seed(inquiry.Origin)], new() { Temperature = 0, MaxNewTokens = maxTokens });
        return (samples.Texts[0].ReplaceLineEndings(" ").Trim(), samples.Finished[0]);
    }

    private static AnnotatorAnswer Given(string json) => new(AnswerOutcome.Given, json, default(TokenCount));

    private static AnnotatorAnswer Declined(string why) => new(AnswerOutcome.Refused, why, default(TokenCount));
}
