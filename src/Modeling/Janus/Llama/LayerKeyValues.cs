using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// P prompts, K key-value heads, L prompt tokens, H head width

/// <summary>Rotated keys and values that one layer computed for the prompts, each [P, K, L, H]; differentiable where the pass was.</summary>
public sealed record LayerKeyValues(Tensor Keys_PKLH, Tensor Values_PKLH);
