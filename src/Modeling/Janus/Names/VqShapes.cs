using static PairUni.Modeling.Janus.Names.JanusShapes;

namespace PairUni.Modeling.Janus.Names;

/// <summary>Names and shapes of the image tokenizer's tensors.</summary>
internal static class VqShapes
{
    public static IEnumerable<TensorShape> Of(VqConfig config, string name)
    {
        int levels = config.Multipliers.Length;
        long Width(int level) => (long)config.Channels * (level < 0 ? 1 : config.Multipliers[level]);
        long last = Width(levels - 1);
        (string encoder, string decoder) = ($"{name}.encoder", $"{name}.decoder");
        return
        [
            .. Conv($"{encoder}.conv_in", 3, config.Channels, 3),
            .. Enumerable.Range(0, levels).SelectMany(i =>
                Level($"{encoder}.conv_blocks.{i}", Width(i - 1), Width(i), config.ResidualBlocks, i == levels - 1, i == levels - 1 ? null : "downsample")),
            .. Middle($"{encoder}.mid", last),
            .. Norm($"{encoder}.norm_out", last),
            .. Conv($"{encoder}.conv_out", last, config.LatentChannels, 3),
            .. Conv($"{decoder}.conv_in", config.LatentChannels, last, 3),
            .. Middle($"{decoder}.mid", last),
            .. Enumerable.Range(0, levels).SelectMany(i => Level($"{decoder}.conv_blocks.{i}", Width(Math.Min(levels - i, levels - 1)), Width(levels - 1 - i),
                config.ResidualBlocks + 1, i == 0, i == levels - 1 ? null : "upsample")),
            .. Norm($"{decoder}.norm_out", Width(0)),
            .. Conv($"{decoder}.conv_out", Width(0), 3, 3),
            new($"{name}.quantize.embedding.weight", [config.CodebookSize, config.CodeWidth]),
            .. Conv($"{name}.quant_conv", config.LatentChannels, config.CodeWidth, 1),
            .. Conv($"{name}.post_quant_conv", config.CodeWidth, config.LatentChannels, 1),
        ];
    }

    // Attention is at the lowest resolution only, after each residual block.
    private static IEnumerable<TensorShape> Level(string name, long input, long output, int blocks, bool lowest, string? resampling) =>
    [
        .. Enumerable.Range(0, blocks).SelectMany(i => Residual($"{name}.res.{i}", i == 0 ? input : output, output)),
        .. Enumerable.Range(0, lowest ? blocks : 0).SelectMany(i => Attention($"{name}.attn.{i}", output)),
        .. resampling is null ? [] : Conv($"{name}.{resampling}.conv", output, output, 3),
    ];

    private static IEnumerable<TensorShape> Middle(string name, long width) =>
        [.. Residual($"{name}.0", width, width), .. Attention($"{name}.1", width), .. Residual($"{name}.2", width, width)];

    private static IEnumerable<TensorShape> Residual(string name, long input, long output) =>
    [
        .. Norm($"{name}.norm1", input),
        .. Conv($"{name}.conv1", input, output, 3),
        .. Norm($"{name}.norm2", output),
        .. Conv($"{name}.conv2", output, output, 3),
        .. input == output ? [] : Conv($"{name}.nin_shortcut", input, output, 1),
    ];

    private static IEnumerable<TensorShape> Attention(string name, long width) =>
        [.. Norm($"{name}.norm", width), .. new[] { "q", "k", "v", "proj_out" }.SelectMany(part => Conv($"{name}.{part}", width, width, 1))];

    private static TensorShape[] Conv(string name, long input, long output, long kernel) =>
        [new($"{name}.weight", [output, input, kernel, kernel]), new($"{name}.bias", [output])];
}
