using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

// B rows of all groups in order, T tokens

/// <summary>Log-probabilities of given tokens under the model.</summary>
/// <param name="Logp_BT">Differentiable where gradients are on.</param>
/// <param name="Mask_BT">1 for tokens, 0 for the padding behind shorter rows; float32.</param>
/// <param name="Entropy_BT">Entropy of each token's law in nats, without gradient.</param>
public sealed record TokenLogProbs(Tensor Logp_BT, Tensor Mask_BT, Tensor Entropy_BT)
{
    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    public TokenLogProbs MoveToOuterDisposeScope()
    {
        Logp_BT.MoveToOuterDisposeScope();
        Mask_BT.MoveToOuterDisposeScope();
        Entropy_BT.MoveToOuterDisposeScope();
        return this;
    }
}
