using PairUni.Modeling.Janus;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

// B batch, C channels, H rows, W columns, T tokens, D width, E width of the shared features

/// <summary>The human preference score's CLIP: a tower for images and one for prompts, whose features' cosine is the score.</summary>
/// <remarks>
/// Submodules and parameters are named as in checkpoints of HPSv2 and open_clip. Weights may be kept in a narrower type than they are
/// computed with. https://github.com/tgxs002/HPSv2, arXiv 2306.09341.
/// </remarks>
public sealed class HpsModel : nn.Module
{
    internal readonly HpsVisionTower visual;
    internal readonly HpsTransformer transformer;
    internal readonly TokenEmbedding token_embedding;
    internal readonly Parameter positional_embedding;
    internal readonly HpsLayerNorm ln_final;
    internal readonly Parameter text_projection;
    internal readonly Parameter logit_scale;

    /// <summary>Allocates the model on a device; its values are undefined until loaded.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="device">Where; the CPU when null.</param>
    /// <param name="weights">Type that the weights are kept in; norms are float32 always.</param>
    /// <param name="compute">Type that is computed with; that of the weights when null.</param>
    public HpsModel(HpsConfig config, Device? device = null, ScalarType weights = ScalarType.Float32, ScalarType? compute = null)
        : base(nameof(HpsModel))
    {
        using IDisposable guard = no_grad();
        Config = config;
        Device = device ?? CPU;
        Compute = compute ?? weights;
        var make = new Layers(Device, weights);
        HpsTextConfig text = config.Text;
        visual = new HpsVisionTower(make, config.Vision, config.EmbedDim);
        transformer = new HpsTransformer(make, text.Layers, text.Width, text.Heads, text.MlpWidth);
        token_embedding = new TokenEmbedding(make, text.VocabSize, text.Width);
        positional_embedding = make.Parameter(text.ContextLength, text.Width);
        ln_final = new HpsLayerNorm(make, text.Width);
        text_projection = make.Parameter(text.Width, config.EmbedDim);
        logit_scale = make.Parameter();
        RegisterComponents();
    }

    public HpsConfig Config { get; }

    public Device Device { get; }

    /// <summary>Type that is computed with.</summary>
    public ScalarType Compute { get; }

    /// <summary>Features of images as the projection gives them, float32.</summary>
    /// <param name="pixels_BCHW">What <see cref="HpsImageProcessor"/> makes of images, on any device.</param>
    public Tensor EncodeImages(Tensor pixels_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        return visual.forward(pixels_BCHW.to(Device).to_type(Compute)).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Features of prompts as the projection gives them, float32: the feature of a prompt is that of its largest id, its end.</summary>
    /// <param name="rows">Ids of each prompt, all of one length; what comes after a prompt's end does not matter.</param>
    public Tensor EncodeTexts(IReadOnlyList<int[]> rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        int[] ends = [.. rows.Select(row => Array.IndexOf(row, row.Max()))];
        int tokens = ends.Max() + 1;
        Tensor ids_BT = tensor(rows.SelectMany(row => row.Take(tokens)).Select(id => (long)id).ToArray(), [rows.Count, tokens]).to(Device);
        Tensor x_BTD = token_embedding.forward(ids_BT).to_type(Compute) + positional_embedding.narrow(0, 0, tokens).to_type(Compute);
        Tensor last_ND = transformer.forward(x_BTD, true).flatten(0, 1);
        Tensor at_B = tensor(ends.Select((end, b) => ((long)b * tokens) + end).ToArray()).to(Device);
        Tensor end_BD = ln_final.forward(last_ND.index_select(0, at_B));
        return end_BD.matmul(text_projection.to_type(Compute)).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Features of length 1.</summary>
    public static Tensor Normalise(Tensor features_BE) => F.normalize(features_BE, dim: -1);
}
