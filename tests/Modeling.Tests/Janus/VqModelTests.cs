using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Vq;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class VqModelTests
{
    // With gradients the operators run one by one, without them norm and swish are fused.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encoding_FindsTheOriginalsCodes(bool gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = set_grad_enabled(gradients);
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case5_vq");
        VqModel vq = policy.Model.gen_vision_model;

        Tensor encoded = vq.encoder.forward(reference["images"]);
        reference.ShouldBeClose("encoder_out", encoded);
        reference.ShouldBeClose("quant_conv_out", vq.quant_conv.forward(encoded));
        (Tensor indices_BN, Tensor quantized_BCHW) = vq.Encode(reference["images"]);
        indices_BN.Equals(reference["indices"]).ShouldBeTrue();
        reference.ShouldBeClose("quantized", quantized_BCHW);
        reference.ShouldBeClose("reconstruction_item0", vq.DecodeMap(quantized_BCHW.narrow(0, 0, 1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decoding_DrawsTheOriginalsImages(bool gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = set_grad_enabled(gradients);
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case5_vq");
        VqModel vq = policy.Model.gen_vision_model;

        Tensor entries_BCHW = vq.quantize.LookUp(reference["codes"]);
        reference.ShouldBeClose("codebook_entries_bchw", entries_BCHW);
        reference.ShouldBeClose("post_quant_conv_out", vq.post_quant_conv.forward(entries_BCHW));
        reference.ShouldBeClose("decoded", vq.Decode(reference["codes"]));
    }

    [Fact]
    public void TheNearestEntry_IsTheFirstOfEquals()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        VectorQuantizer quantizer = policy.Model.gen_vision_model.quantize;
        quantizer.embedding.weight.zero_();
        quantizer.embedding.weight[5, 0] = 1f;
        quantizer.embedding.weight[9, 0] = 2f;

        Tensor latent = zeros(1, 8, 1, 1);
        latent[0, 0, 0, 0] = 3f;
        quantizer.Nearest(latent).ToInt64().ShouldBe(5);
    }
}
