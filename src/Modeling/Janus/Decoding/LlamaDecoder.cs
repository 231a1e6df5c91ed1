using PairUni.Modeling.Janus.Llama;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// P prompts, G samples of each, B = P * G rows, D width

/// <summary>Runs the language model's body one token at a time for all samples of all prompts. Without gradients.</summary>
public abstract class LlamaDecoder : IDisposable
{
    /// <summary>Samples of each prompt.</summary>
    public abstract int Rows { get; }

    /// <summary>Starts after computed prompts, with room for <paramref name="room"/> tokens of each of the P * <paramref name="group"/> rows.</summary>
    public static LlamaDecoder Create(LlamaModel model, PromptKeyValues prompts, int group, int room)
    {
        return HostLlamaDecoder.Suits(model)
            ? new HostLlamaDecoder(model, prompts, group, room)
            : new TensorLlamaDecoder(model, prompts, group, room);
    }

    /// <summary>Appends one token to every row; its normed hidden state [B, D] stays valid until the next step.</summary>
    /// <param name="x_BD">Embeddings of the tokens; row p * G + g continues prompt p. Left unchanged.</param>
    public abstract Tensor Step(Tensor x_BD);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
