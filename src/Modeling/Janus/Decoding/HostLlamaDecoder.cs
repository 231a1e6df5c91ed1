using System.Numerics;
using PairUni.Modeling.Host;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// P prompts, G samples of each, B = P * G rows, D width, N query heads, K key-value heads, H head width, L prompt tokens, M room, I inner width

/// <summary>
/// Decodes in float32 on the host: four matrix products a layer (<see cref="HostWeight"/>), and everything between them runs over
/// the tensors' memory directly, because at these sizes the cost of an operator call exceeds its arithmetic. All buffers are allocated once.
/// </summary>
internal sealed unsafe class HostLlamaDecoder : LlamaDecoder
{
    private readonly LlamaConfig _config;
    private readonly int _group;
    private readonly int _room;
    private readonly int _keyStride;
    private readonly int _valueStride;
    private readonly int _length;
    private readonly int[] _starts;
    private readonly List<Tensor> _owned = [];
    private readonly HostLayer[] _layers;
    private readonly Tensor _x_BD, _normed_BD, _qkv_BX, _mixed_BX, _gateUp_BX, _active_BI;
    private readonly float* _x, _normed, _qkv, _mixed, _gateUp, _active, _cos, _sin, _finalNorm, _scores, _query, _head;
    private int _taken;

    public HostLlamaDecoder(LlamaModel model, PromptKeyValues prompts, int group, int room)
    {
        using DisposeScope scope = NewDisposeScope();
        _config = model.Config;
        _group = group;
        _room = room;
        _keyStride = HostKernels.Padded(room);
        _valueStride = HostKernels.Padded(_config.HeadWidth);
        _starts = [.. prompts.Lengths];
        _length = (int)prompts.Layers[0].Keys_PKLH.size(2);
        Rows = prompts.Prompts * group;
        (_x_BD, _normed_BD) = (Buffer(Rows, _config.HiddenSize), Buffer(Rows, _config.HiddenSize));
        _qkv_BX = Buffer(Rows, (_config.Heads + 2 * _config.KeyValueHeads) * _config.HeadWidth);
        _mixed_BX = Buffer(Rows, _config.Heads * _config.HeadWidth);
        (_gateUp_BX, _active_BI) = (Buffer(Rows, 2 * _config.IntermediateSize), Buffer(Rows, _config.IntermediateSize));
        _x = HostMemory.Pointer(_x_BD);
        _normed = HostMemory.Pointer(_normed_BD);
        _qkv = HostMemory.Pointer(_qkv_BX);
        _mixed = HostMemory.Pointer(_mixed_BX);
        _gateUp = HostMemory.Pointer(_gateUp_BX);
        _active = HostMemory.Pointer(_active_BI);
        _scores = HostMemory.Pointer(Buffer(1, HostKernels.Padded(_length) + _keyStride + 2 * Vector<float>.Count));
        _query = HostMemory.Pointer(Buffer(1, _valueStride));
        _head = HostMemory.Pointer(Buffer(1, _valueStride));
        int positions = prompts.Lengths.Max() + room;
        _cos = HostMemory.Pointer(model.Rotary.Cos_PH(positions));
        _sin = HostMemory.Pointer(model.Rotary.Sin_PH(positions));
        _finalNorm = Scale(model.norm);
        _layers = [.. model.layers.Select((layer, i) => Prepare(layer, prompts.Layers[i]))];
    }

    /// <summary>Whether a model can be decoded here: on the host, in float32 or in bfloat16 of widths that fill vectors.</summary>
    public static bool Suits(LlamaModel model)
    {
        Tensor weight = model.norm.weight;
        if (weight.device_type != DeviceType.CPU)
            return false;
        LlamaConfig config = model.Config;
        return weight.dtype == ScalarType.Float32 || (weight.dtype == ScalarType.BFloat16 && HostProduct.FillsVectors(config.HiddenSize)
            && HostProduct.FillsVectors(config.IntermediateSize) && HostProduct.FillsVectors(config.Heads * config.HeadWidth));
    }

    public override int Rows { get; }

    public override Tensor Step(Tensor x_BD)
    {
        if (_taken == _room)
            throw new InvalidOperationException($"The cache has room for {_room} tokens and all are taken.");
        _x_BD.copy_(x_BD);
        foreach (HostLayer layer in _layers)
        {
            Norm(layer.InputNorm);
            layer.Qkv.Multiply(_normed_BD, _qkv_BX, add: false);
            Attend(layer);
            layer.Output.Multiply(_mixed_BX, _x_BD, add: true);
            Norm(layer.PostNorm);
            layer.GateUp.Multiply(_normed_BD, _gateUp_BX, add: false);
            Activate();
            layer.Down.Multiply(_active_BI, _x_BD, add: true);
        }
        _taken++;
        Norm(_finalNorm);
        return _normed_BD;
    }

    protected override void Dispose(bool disposing) => _owned.ForEach(tensor => tensor.Dispose());

    private void Norm(float* weight)
    {
        int width = _config.HiddenSize;
        for (long row = 0; row < Rows; row++)
            HostKernels.RmsNorm(_x + row * width, weight, _normed + row * width, width, (float)_config.RmsNormEps);
    }

    private void Activate()
    {
        int width = _config.IntermediateSize;
        for (long row = 0; row < Rows; row++)
            HostKernels.SwiGlu(_gateUp + row * 2 * width, _gateUp + (row * 2 + 1) * width, _active + row * width, width);
    }

    private void Attend(HostLayer layer)
    {
        (int heads, int shared, int width) = (_config.Heads, _config.KeyValueHeads, _config.HeadWidth);
        int sharing = heads / shared;
        for (int row = 0; row < Rows; row++)
        {
            int start = _starts[row / _group];
            float* source = _qkv + (long)row * (heads + 2 * shared) * width;
            float* to = _mixed + (long)row * heads * width;
            for (int k = 0; k < shared; k++)
            {
                HostHead head = Append(layer, source, row, k, start);
                for (int n = k * sharing; n < (k + 1) * sharing; n++)
                    Attend(head, source + n * width, start, to + n * width);
            }
        }
    }

    // Writes the row's new key and value behind those it has.
    private HostHead Append(HostLayer layer, float* source, int row, int k, int start)
    {
        (int heads, int shared, int width) = (_config.Heads, _config.KeyValueHeads, _config.HeadWidth);
        long angle = (long)(start + _taken) * width;
        int padding = _length - start;
        long own = (long)row * shared + k;
        long prompt = (long)(row / _group) * shared + k;
        float* keys = layer.Keys_BKHM + own * width * _keyStride;
        float* values = layer.Values_BKMH + own * _room * _valueStride;
        HostKernels.Rotate(source + (heads + k) * width, _cos + angle, _sin + angle, keys + _taken, width, _keyStride, 1);
        new Span<float>(source + (heads + shared + k) * width, width).CopyTo(new Span<float>(values + (long)_taken * _valueStride, width));
        return new HostHead
        {
            Keys = keys,
            Values = values,
            PromptKeys = layer.PromptKeys_PKHL + prompt * width * layer.PromptStride + padding,
            PromptValues = layer.PromptValues_PKLH + (prompt * _length + padding) * _valueStride,
            PromptStride = layer.PromptStride,
        };
    }

    private void Attend(in HostHead head, float* query, int start, float* to)
    {
        int width = _config.HeadWidth;
        long angle = (long)(start + _taken) * width;
        HostKernels.Rotate(query, _cos + angle, _sin + angle, _query, width, 1, 1 / MathF.Sqrt(width));
        HostKernels.Scores(_query, head.PromptKeys, width, head.PromptStride, start, _scores);
        HostKernels.Scores(_query, head.Keys, width, _keyStride, _taken + 1, _scores + start);
        float inverse = HostKernels.Softmax(_scores, start + _taken + 1);
        HostKernels.Mix(_scores, head.PromptValues, _valueStride, start, _head, more: false);
        HostKernels.Mix(_scores + start, head.Values, _valueStride, _taken + 1, _head, more: true);
        for (int h = 0; h < width; h++)
            to[h] = _head[h] * inverse;
    }

    private HostLayer Prepare(LlamaLayer layer, LayerKeyValues prompt)
    {
        // Reading starts behind a prompt's padding, so the last vector may reach past its end.
        int keyPadding = Vector<float>.Count;
        Tensor keys_PKHL = nn.functional.pad(prompt.Keys_PKLH.transpose(2, 3), (0, keyPadding)).contiguous();
        Tensor values_PKLH = nn.functional.pad(prompt.Values_PKLH, (0, _valueStride - _config.HeadWidth)).contiguous();
        long heads = (long)Rows * _config.KeyValueHeads;
        return new HostLayer
        {
            InputNorm = Scale(layer.input_layernorm),
            PostNorm = Scale(layer.post_attention_layernorm),
            Qkv = Weight(layer.self_attn.Qkv.Weight),
            Output = Weight(layer.self_attn.o_proj.weight),
            GateUp = Weight(layer.mlp.GateUp.Weight),
            Down = Weight(layer.mlp.down_proj.weight),
            PromptKeys_PKHL = HostMemory.Pointer(Own(keys_PKHL)),
            PromptStride = _length + keyPadding,
            PromptValues_PKLH = HostMemory.Pointer(Own(values_PKLH)),
            Keys_BKHM = HostMemory.Pointer(Buffer(heads * _config.HeadWidth, _keyStride)),
            Values_BKMH = HostMemory.Pointer(Buffer(heads * _room, _valueStride)),
        };
    }

    private HostWeight Weight(Tensor weight)
    {
        var prepared = new HostWeight(weight, Rows, _room);
        Own(prepared.Values);
        return prepared;
    }

    // Norms in float32, so that a step reads them as they are.
    private float* Scale(RmsNorm norm) => HostMemory.Pointer(Own(norm.weight.detach().to_type(ScalarType.Float32)));

    private Tensor Buffer(long rows, long columns) => Own(zeros(rows, columns));

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
