using PairUni.Algorithms;
using PairUni.Contracts;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Text;

namespace PairUni.Silo;

/// <summary>Turns scored groups as they travel into groups as the learner trains them.</summary>
public sealed class TrainGroups(PromptBuilder prompts, PairWeighting weighting)
{
    /// <param name="offer">An accepted group.</param>
    /// <param name="version">Version that is about to be trained; an older group brings its own old log-probabilities.</param>
    public TrainGroup Of(OfferGroup offer, int version)
    {
        var (key, spec, samples) = (offer.Group.Key, offer.Spec, offer.Group.Samples);
        var isImage = key.Task == TaskKind.Generate;
        var question = isImage ? null : prompts.Understanding(spec.Question, images: 1);
        return new()
        {
            IsImage = isImage,
            Pair = key.Pair,
            PairWeight = PairWeight.Of(weighting, spec.Similarity, spec.Aligned),
            PromptIds = question?.Ids ?? prompts.Generation(spec.Prompt),
            ImageMask = question?.ImageMask ?? [],
            Images = isImage ? [] : [RgbImage.Decode(spec.Image.Span)],
            Tokens = [.. samples.Select(s => s.Tokens)],
            Rewards = offer.Score.Rewards,
            Parts = [.. offer.Score.Parts.Select(p => new RewardTerm(p.Name, p.Weight, p.Values))],
            LogpSampler = [.. samples.Select(s => s.LogpSampler)],
            LogpConditional = [.. samples.Select(s => s.LogpConditional)],
            LogpOld = offer.Group.PolicyVersion < version && samples.All(s => s.LogpOld is not null)
                ? [.. samples.Select(s => s.LogpOld!)]
                : null,
            PolicyVersion = offer.Group.PolicyVersion,
        };
    }
}
