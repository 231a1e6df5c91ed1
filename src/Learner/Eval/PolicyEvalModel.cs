using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;

namespace PairUni.Learner.Eval;

/// <summary>A Janus policy under examination.</summary>
public sealed class PolicyEvalModel(JanusPolicy policy, EvalSettings settings) : IEvalModel
{
    /// <inheritdoc/>
    public RgbImage[][] Draw(IReadOnlyList<(string Prompt, ulong[] Seeds)> prompts)
    {
        var samples = ImageSampler.Sample(
            policy,
            [.. prompts.Select(p => new ImageRequest(p.Prompt, p.Seeds))],
            new() { Temperature = settings.Temperature, CfgWeight = settings.CfgWeight });
        return [.. samples.Select(s => s.Images)];
    }

    /// <inheritdoc/>
    public string[] Answer(IReadOnlyList<(RgbImage Image, string Question)> questions)
    {
        var samples = TextSampler.Sample(
            policy,
            [.. questions.Select(q => new TextRequest([q.Image], q.Question, [settings.Seed]))],
            new() { Temperature = 0, MaxNewTokens = settings.MaxNewTokens });
        return [.. samples.Select(s => s.Texts[0])];
    }
}
