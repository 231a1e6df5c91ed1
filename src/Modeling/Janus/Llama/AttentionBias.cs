using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>Terms added to attention scores: 0 where a key may be seen, the type's most negative number where not.</summary>
internal static class AttentionBias
{
    /// <summary>[T, T]: each token sees itself and those before it.</summary>
    public static Tensor Causal(long tokens, ScalarType dtype, Device device)
    {
        using Tensor hidden_TT = full(tokens, tokens, Lowest(dtype), dtype, device);
        return hidden_TT.triu(1);
    }

    /// <summary>[P, 1, 1, L] from the prompts' masks (1 = token, 0 = padding), [P, L].</summary>
    public static Tensor Padding(Tensor mask_PL, ScalarType dtype)
    {
        using Tensor wide_PL = mask_PL.to_type(dtype);
        using Tensor inverse_PL = 1 - wide_PL;
        using Tensor bias_PL = inverse_PL * Lowest(dtype);
        return bias_PL.view(mask_PL.size(0), 1, 1, mask_PL.size(1));
    }

    // Finite, so that a padding row that sees nothing gives even weights instead of NaN.
    private static double Lowest(ScalarType dtype) => dtype == ScalarType.Float16 ? -65504 : -3.3e38;
}
