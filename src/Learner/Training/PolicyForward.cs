using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

// B samples of all groups in order, T tokens (padded)

/// <summary>Groups of one task, all of one size, turned into what teacher forcing takes; exactly one list is filled.</summary>
internal sealed record PreparedGroups(IReadOnlyList<ImageSequence> Images, IReadOnlyList<TextSequence> Answers);

/// <summary>The policy's log-probabilities of rollouts: conditional logits only, several groups in one pass.</summary>
internal sealed class PolicyForward(JanusPolicy policy, double temperature)
{
    /// <summary>Where the model lives.</summary>
    public Device Device => policy.Model.Device;

    /// <summary>Does what need not be repeated for every pass, such as image preprocessing; tensors go to the current scope.</summary>
    public PreparedGroups Prepare(IReadOnlyList<TrainGroup> groups) => groups[0].IsImage
        ? new([.. groups.Select(g => new ImageSequence(g.PromptIds, g.Tokens))], [])
        : new([], [.. groups.Select(g => new TextSequence(
            g.PromptIds, g.ImageMask, g.Images.Count == 0 ? null : TextSampler.Pixels(policy, g.Images), g.Tokens))]);

    /// <summary>One pass; the log-probabilities carry the gradient, the entropies do not.</summary>
    public (Tensor Logp_BT, Tensor Entropy_BT) LogProbs(PreparedGroups prepared)
    {
        var scored = prepared.Images.Count > 0
            ? TeacherForcing.ImageLogProbs(policy.Model, prepared.Images, temperature)
            : TeacherForcing.TextLogProbs(policy.Model, prepared.Answers, temperature);
        return (scored.Logp_BT, scored.Entropy_BT);
    }
}
