using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Vq;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>The image tokenizer both ways, with the operators that training uses and with the fused ones of generation.</summary>
internal static class VqCase
{
    public static void Run(JanusPolicy policy, ReferenceCase reference)
    {
        Run(policy, reference, null);
        using var recorded = enable_grad();
        Run(policy, reference, "with gradients");
    }

    private static void Run(JanusPolicy policy, ReferenceCase reference, string? way)
    {
        var vq = policy.Model.gen_vision_model;
        Decode(vq, reference, way);
        if (!reference.Has("images"))
            return;
        var images = reference["images"];
        var encoded = vq.encoder.forward(images);
        reference.Compare("encoder_out", encoded, way);
        reference.Compare("quant_conv_out", vq.quant_conv.forward(encoded), way);
        var (indices_BN, quantized_BCHW) = vq.Encode(images);
        reference.Compare("indices", indices_BN, way);
        reference.Compare("quantized", quantized_BCHW, way);
        reference.Compare("reconstruction_item0", vq.DecodeMap(quantized_BCHW.narrow(0, 0, 1)), way);
    }

    private static void Decode(VqModel vq, ReferenceCase reference, string? way)
    {
        var codes_BN = reference["codes"];
        var entries_BCHW = vq.quantize.LookUp(codes_BN);
        reference.Compare("codebook_entries_bchw", entries_BCHW, way);
        reference.Compare("codebook_entries_flat", entries_BCHW.permute(0, 2, 3, 1).reshape(-1, entries_BCHW.size(1)), way);
        reference.Compare("post_quant_conv_out", vq.post_quant_conv.forward(entries_BCHW), way);
        reference.Compare("decoded", vq.Decode(codes_BN), way);
    }
}
