using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

// B batch, C code width, N codes of an image, Z latent channels

/// <summary>The VQ-16 image tokenizer: images to codes and codes to images.</summary>
public sealed class VqModel : nn.Module
{
    public readonly VqEncoder encoder;
    public readonly VqDecoder decoder;
    public readonly VectorQuantizer quantize;
    public readonly ConvLayer quant_conv;
    public readonly ConvLayer post_quant_conv;
    private readonly ScalarType _compute;

    internal VqModel(Layers make, VqConfig config) : base(nameof(VqModel))
    {
        _compute = make.Compute;
        encoder = new VqEncoder(make, config);
        decoder = new VqDecoder(make, config);
        quantize = new VectorQuantizer(make, config);
        quant_conv = make.Conv(config.LatentChannels, config.CodeWidth, 1);
        post_quant_conv = make.Conv(config.CodeWidth, config.LatentChannels, 1);
        RegisterComponents();
    }

    /// <summary>images_BCHW in -1..1 to codes [B, N] in raster order and the unit-length entries they stand for, [B, C, h, w].</summary>
    public (Tensor indices_BN, Tensor quantized_BCHW) Encode(Tensor images_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor latent_BCHW = quant_conv.forward(encoder.forward(images_BCHW.to_type(_compute)));
        Tensor indices_BN = quantize.Nearest(latent_BCHW);
        Tensor quantized_BCHW = quantize.LookUp(indices_BN);
        return (indices_BN.MoveToOuterDisposeScope(), quantized_BCHW.MoveToOuterDisposeScope());
    }

    /// <summary>Codes [B, N] to images_BCHW, nominally -1..1 but not bounded.</summary>
    public Tensor Decode(Tensor codes_BN)
    {
        using Tensor quantized_BCHW = quantize.LookUp(codes_BN);
        return DecodeMap(quantized_BCHW);
    }

    /// <summary>Unit-length entries [B, C, h, w] to images_BCHW.</summary>
    public Tensor DecodeMap(Tensor quantized_BCHW)
    {
        using Tensor own_BCHW = quantized_BCHW.to_type(_compute);
        using Tensor latent_BZHW = post_quant_conv.forward(own_BCHW);
        return decoder.forward(latent_BZHW);
    }
}
