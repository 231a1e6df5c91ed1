using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Looks once at what a worker delivers, so that the learner can trust it afterwards.</summary>
public static class OfferCheck
{
    /// <summary>Why the group cannot be trained; nothing when it can.</summary>
    public static string? Fault(OfferGroup offer)
    {
        if (offer.Score.Failure is { } failure) return failure;
        var (samples, size) = (offer.Group.Samples, offer.Spec.GroupSize);
        if (offer.Score.Key != offer.Group.Key) return $"its score is that of {offer.Score.Key}";
        if (samples.Length != size) return $"it has {samples.Length} samples, {size} were asked for";
        if (offer.Score.Rewards.Length != size) return $"it has {offer.Score.Rewards.Length} rewards for {size} samples";
        for (var i = 0; i < size; i++)
        {
            if (Fault(samples[i], offer.Score.Rewards[i]) is { } fault) return $"sample {i} {fault}";
        }

        return null;
    }

    private static string? Fault(GroupSample sample, float reward)
    {
        var length = sample.Tokens.Length;
        if (length == 0) return "has no tokens";
        if (sample.LogpSampler.Length != length || sample.LogpConditional.Length != length || (sample.LogpOld?.Length ?? length) != length)
            return $"has {length} tokens and log-probabilities of another number";
        if (!float.IsFinite(reward)) return $"has the reward {reward}";
        return sample.LogpConditional.All(float.IsFinite) && (sample.LogpOld?.All(float.IsFinite) ?? true)
            ? null
            : "has a log-probability that is not finite";
    }
}
