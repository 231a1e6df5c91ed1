using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Decoding;

// P prompts, G samples of each, B = P * G rows, D width, N query heads, K key-value heads, H head width, L prompt tokens, M room, I inner width

/// <summary>
/// Decodes in float32 on the host: four matrix products a layer go to the tensor library, everything between them runs over
/// its memory directly, because at these sizes the cost of an operator call exceeds its arithmetic. All buffers are allocated once.
/// </summary>
internal sealed unsafe class HostLlamaDecoder : LlamaDecoder
{
    private readonly LlamaConfig _config;
    private readonly int _group;
    private readonly int _room;
    private readonly int _stride;
    private readonly int _length;
    private readonly int[] _starts;
    private readonly List<Tensor> _owned = [];
    private readonly HostLayer[] _layers;
    private readonly Tensor _x_BD, _normed_BD, _qkv_BX, _mixed_BX, _gateUp_BX, _active_BI;
    private readonly float* _x, _normed, _qkv, _mixed, _gateUp, _active, _cos, _sin, _finalNorm, _scores, _query;
    private int _taken;

    public HostLlamaDecoder(LlamaModel model, PromptKeyValues prompts, int group, int room)
    {
        using DisposeScope scope = NewDisposeScope();
        _config = model.Config;
        _group = group;
        _room = room;
        // Rows of keys lie this far apart, so that whole vectors may be read past the last one.
        _stride = room + System.Numerics.Vector<float>.Count;
        _starts = [.. prompts.Lengths];
        _length = (int)prompts.Layers[0].Keys_PKLH.size(2);
        Rows = prompts.Prompts * group;
        (_x_BD, _normed_BD) = (Buffer(Rows, _config.HiddenSize), Buffer(Rows, _config.HiddenSize));
        _qkv_BX = Buffer(Rows, (_config.Heads + 2 * _config.KeyValueHeads) * _config.HeadWidth);
        _mixed_BX = Buffer(Rows, _config.Heads * _config.HeadWidth);
        (_gateUp_BX, _active_BI) = (Buffer(Rows, 2 * _config.IntermediateSize), Buffer(Rows, _config.IntermediateSize));
        _x = Pointer(_x_BD);
        _normed = Pointer(_normed_BD);
        _qkv = Pointer(_qkv_BX);
        _mixed = Pointer(_mixed_BX);
        _gateUp = Pointer(_gateUp_BX);
        _active = Pointer(_active_BI);
        _scores = Pointer(Buffer(1, _length + _stride + System.Numerics.Vector<float>.Count));
        _query = Pointer(Buffer(1, _config.HeadWidth));
        int positions = prompts.Lengths.Max() + room;
        _cos = Pointer(model.Rotary.Cos_PH(positions));
        _sin = Pointer(model.Rotary.Sin_PH(positions));
        _finalNorm = Pointer(model.norm.weight);
        _layers = [.. model.layers.Select((layer, i) => Prepare(layer, prompts.Layers[i]))];
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
            _qkv_BX.addmm_(_normed_BD, layer.Qkv_DX, 0, 1);
            Attend(layer);
            _x_BD.addmm_(_mixed_BX, layer.Output_XD, 1, 1);
            Norm(layer.PostNorm);
            _gateUp_BX.addmm_(_normed_BD, layer.GateUp_DX, 0, 1);
            Activate();
            _x_BD.addmm_(_active_BI, layer.Down_ID, 1, 1);
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
        float scale = 1 / MathF.Sqrt(width);
        new Span<float>(_mixed, Rows * heads * width).Clear();
        for (int row = 0; row < Rows; row++)
        {
            int prompt = row / _group;
            int padding = _length - _starts[prompt];
            long angle = (long)(_starts[prompt] + _taken) * width;
            float* source = _qkv + (long)row * (heads + 2 * shared) * width;
            for (int k = 0; k < shared; k++)
            {
                float* keys = layer.Keys_BKHM + ((long)row * shared + k) * width * _stride;
                float* values = layer.Values_BKMH + ((long)row * shared + k) * _room * width;
                HostKernels.Rotate(source + (heads + k) * width, _cos + angle, _sin + angle, keys + _taken, width, _stride, 1);
                new Span<float>(source + (heads + shared + k) * width, width).CopyTo(new Span<float>(values + _taken * width, width));
                float* farKeys = layer.PromptKeys_PKHL + ((long)prompt * shared + k) * width * layer.PromptStride + padding;
                float* farValues = layer.PromptValues_PKLH + (((long)prompt * shared + k) * _length + padding) * width;
                for (int n = k * (heads / shared); n < (k + 1) * (heads / shared); n++)
                {
                    HostKernels.Rotate(source + n * width, _cos + angle, _sin + angle, _query, width, 1, scale);
                    int far = _length - padding;
                    HostKernels.Scores(_query, farKeys, width, layer.PromptStride, far, _scores);
                    HostKernels.Scores(_query, keys, width, _stride, _taken + 1, _scores + far);
                    float inverse = HostKernels.Softmax(_scores, far + _taken + 1);
                    float* to = _mixed + ((long)row * heads + n) * width;
                    HostKernels.Mix(_scores, farValues, width, far, to);
                    HostKernels.Mix(_scores + far, values, width, _taken + 1, to);
                    for (int h = 0; h < width; h++)
                        to[h] *= inverse;
                }
            }
        }
    }

    private HostLayer Prepare(LlamaLayer layer, LayerKeyValues prompt)
    {
        int lanes = System.Numerics.Vector<float>.Count;
        long[] own = [Rows, _config.KeyValueHeads, _config.HeadWidth, _stride];
        Tensor keys_PKHL = nn.functional.pad(prompt.Keys_PKLH.transpose(2, 3), (0, lanes)).contiguous();
        return new HostLayer
        {
            InputNorm = Pointer(layer.input_layernorm.weight),
            PostNorm = Pointer(layer.post_attention_layernorm.weight),
            Qkv_DX = Own(layer.self_attn.Qkv.Weight.t()),
            Output_XD = Own(layer.self_attn.o_proj.weight.detach().t()),
            GateUp_DX = Own(layer.mlp.GateUp.Weight.t()),
            Down_ID = Own(layer.mlp.down_proj.weight.detach().t()),
            PromptKeys_PKHL = Pointer(Own(keys_PKHL)),
            PromptStride = _length + lanes,
            PromptValues_PKLH = Pointer(Own(prompt.Values_PKLH.contiguous())),
            Keys_BKHM = Pointer(Own(zeros(own))),
            Values_BKMH = Pointer(Buffer(Rows * _config.KeyValueHeads, _room * _config.HeadWidth)),
        };
    }

    private Tensor Buffer(long rows, long columns) => Own(zeros(rows, columns));

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    private static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
