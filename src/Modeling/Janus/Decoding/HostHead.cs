namespace PairUni.Modeling.Janus.Decoding;

/// <summary>Addresses of one row's keys and values under one key-value head, its prompt's first.</summary>
internal readonly unsafe struct HostHead
{
    public required float* PromptKeys { get; init; }

    public required int PromptStride { get; init; }

    public required float* PromptValues { get; init; }

    public required float* Keys { get; init; }

    public required float* Values { get; init; }
}
