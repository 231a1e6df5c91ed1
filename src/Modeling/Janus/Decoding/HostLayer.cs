namespace PairUni.Modeling.Janus.Decoding;

/// <summary>What a decoding step needs of one layer: weights, and addresses of norms, prompt and cache.</summary>
internal sealed unsafe class HostLayer
{
    public required HostWeight Qkv { get; init; }

    public required HostWeight Output { get; init; }

    public required HostWeight GateUp { get; init; }

    public required HostWeight Down { get; init; }

    public required float* InputNorm { get; init; }

    public required float* PostNorm { get; init; }

    /// <summary>Keys lie across: dimension h of all tokens side by side, so that scores of neighbouring tokens fill a vector.</summary>
    public required float* PromptKeys_PKHL { get; init; }

    /// <summary>Distance of two rows of <see cref="PromptKeys_PKHL"/>.</summary>
    public required int PromptStride { get; init; }

    /// <summary>Rows of values, here and of the own tokens, are padded with zeros to whole vectors.</summary>
    public required float* PromptValues_PKLH { get; init; }

    public required float* Keys_BKHM { get; init; }

    public required float* Values_BKMH { get; init; }
}
