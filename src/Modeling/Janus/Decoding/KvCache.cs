using PairUni.Modeling.Janus.Llama;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// P prompts, G samples of each, B = P * G rows, K key-value heads, L prompt tokens, M room for own tokens, H head width

/// <summary>
/// Keys and values of one decoding run: those of the prompts, once each, and buffers for each row's own tokens that are
/// allocated once and written in place. Row p * G + g continues prompt p.
/// </summary>
internal sealed class KvCache : IDisposable
{
    private readonly List<Tensor> _owned = [];

    public KvCache(LlamaConfig config, PromptKeyValues prompts, int group, int room, ScalarType dtype, Device device)
    {
        Prompts = prompts;
        Group = group;
        Room = room;
        long rows = (long)prompts.Prompts * group;
        Keys_BKMH = Allocate(config.Layers, [rows, config.KeyValueHeads, room, config.HeadWidth], dtype, device);
        Values_BKMH = Allocate(config.Layers, [rows, config.KeyValueHeads, room, config.HeadWidth], dtype, device);
    }

    public PromptKeyValues Prompts { get; }

    public int Group { get; }

    /// <summary>Own tokens that fit.</summary>
    public int Room { get; }

    /// <summary>Own tokens held.</summary>
    public int Length { get; private set; }

    public int Rows => Prompts.Prompts * Group;

    /// <summary>One buffer a layer; the first <see cref="Length"/> positions count.</summary>
    public Tensor[] Keys_BKMH { get; }

    public Tensor[] Values_BKMH { get; }

    /// <summary>Makes room for the next token and returns its index among the row's own tokens.</summary>
    public int Advance() => Length < Room
        ? Length++
        : throw new InvalidOperationException($"The cache has room for {Room} tokens and all are taken.");

    public void Dispose() => _owned.ForEach(tensor => tensor.Dispose());

    private Tensor[] Allocate(int layers, long[] shape, ScalarType dtype, Device device)
    {
        Tensor[] buffers = new Tensor[layers];
        for (int i = 0; i < layers; i++)
        {
            buffers[i] = zeros(shape, dtype, device).DetachFromDisposeScope();
            _owned.Add(buffers[i]);
        }
        return buffers;
    }
}
