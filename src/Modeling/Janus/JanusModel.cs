using PairUni.Modeling.Files;
using PairUni.Modeling.Janus.Llama;
using PairUni.Modeling.Janus.Vision;
using PairUni.Modeling.Janus.Vq;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

// B batch, T tokens, D width of the language model, M images, C channels

/// <summary>Janus-Pro: one language model that sees images through a SigLIP tower and draws them as codes of a VQ tokenizer.</summary>
/// <remarks>Submodules and parameters are named as in checkpoints of the original.</remarks>
public sealed class JanusModel : nn.Module
{
    public readonly VisionModel vision_model;
    public readonly MlpProjector aligner;
    public readonly VqModel gen_vision_model;
    public readonly MlpProjector gen_aligner;
    public readonly VisionHead gen_head;
    public readonly TokenEmbedding gen_embed;
    public readonly LlamaForCausalLM language_model;

    /// <summary>Allocates the model on a device; its values are undefined until loaded or drawn.</summary>
    public JanusModel(JanusConfig config, Device? device = null, ScalarType dtype = ScalarType.Float32) : base(nameof(JanusModel))
    {
        using IDisposable guard = no_grad();
        Config = config;
        Device = device ?? CPU;
        Dtype = dtype;
        var make = new Layers(Device, dtype);
        int hidden = config.Language.HiddenSize;
        vision_model = new VisionModel(make, config.Vision);
        aligner = new MlpProjector(make, config.Vision.Width, hidden);
        gen_vision_model = new VqModel(make, config.Vq);
        gen_aligner = new MlpProjector(make, config.Vq.CodeWidth, hidden);
        gen_head = new VisionHead(make, hidden, config.GenHeadWidth, config.Vq.CodebookSize);
        gen_embed = new TokenEmbedding(make, config.Vq.CodebookSize, config.Vq.CodeWidth);
        language_model = new LlamaForCausalLM(make, config.Language);
        RegisterComponents();
    }

    public JanusConfig Config { get; }

    public Device Device { get; }

    public ScalarType Dtype { get; }

    /// <summary>The parameters that are row ranges of one matrix, under their checkpoint names.</summary>
    internal IReadOnlyList<RowRanges> Ranges()
    {
        const string layers = $"{nameof(language_model)}.model.layers";
        return [.. Enumerable.Range(0, Config.Language.Layers).SelectMany(i => language_model.model.layers[i].Ranges($"{layers}.{i}"))];
    }

    /// <summary>Embeddings of text ids, [..., D].</summary>
    public Tensor EmbedText(Tensor ids) => language_model.model.embed_tokens.forward(ids);

    /// <summary>Embeddings of image codes as the language model reads them back, [..., D].</summary>
    public Tensor EmbedCodes(Tensor codes)
    {
        using Tensor narrow = gen_embed.forward(codes);
        return gen_aligner.forward(narrow);
    }

    /// <summary>Embeddings of images seen, pixels_MCHW to [M, patches, D].</summary>
    public Tensor EmbedImages(Tensor pixels_MCHW)
    {
        using Tensor features_MTC = vision_model.forward(pixels_MCHW);
        return aligner.forward(features_MTC);
    }

    /// <summary>Embeddings of prompts with images: image features, image by image in raster order, replace the embeddings where the mask is set.</summary>
    /// <param name="ids_BT">int64 ids, padding included.</param>
    /// <param name="imageMask_BT">bool; as many true entries as the images have patches.</param>
    public Tensor EmbedPrompt(Tensor ids_BT, Tensor imageMask_BT, Tensor pixels_MCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor text_BTD = EmbedText(ids_BT);
        Tensor images_ND = EmbedImages(pixels_MCHW).flatten(0, 1);
        Tensor wide_BTD = imageMask_BT.unsqueeze(-1).expand_as(text_BTD);
        return text_BTD.masked_scatter(wide_BTD, images_ND).MoveToOuterDisposeScope();
    }
}
