using PairUni.Algorithms;
using static TorchSharp.torch;

namespace PairUni.Learner.Losses;

/// <summary>
/// What summed token losses are divided by. It describes the whole batch of one task, so that the losses of micro-batches simply add
/// up to the loss of the big batch (bnpo excepted, which by definition averages over micro-batches).
/// </summary>
/// <param name="Type">Which normalisation.</param>
/// <param name="Sequences">Sequences of the task in the whole batch, those without gradient included.</param>
/// <param name="Tokens">Tokens of the whole batch (dapo), or of this micro-batch times the number of micro-batches (bnpo).</param>
/// <param name="MaxLength">Longest completion the sampler could have made, in tokens (dr_grpo).</param>
public sealed record LossDenominator(LossType Type, double Sequences, double Tokens, int MaxLength)
{
    /// <summary>The factor on every token's loss of each sequence.</summary>
    /// <param name="length_B">Tokens of each sequence, at least 1 is taken, floating point.</param>
    // B sequences
    public Tensor Weight(Tensor length_B) => Type switch
    {
        LossType.Grpo => length_B.clamp_min(1).mul(Sequences).reciprocal(),
        LossType.DrGrpo => full_like(length_B, 1 / (Sequences * MaxLength)),
        LossType.Dapo or LossType.Bnpo => full_like(length_B, 1 / Tokens),
        _ => throw new InvalidOperationException($"Unknown loss type {Type}."),
    };
}
