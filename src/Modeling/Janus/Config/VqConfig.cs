using System.Text.Json.Nodes;

namespace PairUni.Modeling.Janus;

/// <summary>The VQ-16 image tokenizer. Base width, multipliers, latent width and blocks default to what the original's code implies.</summary>
public sealed record VqConfig
{
    private const int MaxMultiplier = 64;

    /// <summary>Entries of the codebook.</summary>
    public int CodebookSize { get; init; } = 16384;

    /// <summary>Width of a codebook entry.</summary>
    public int CodeWidth { get; init; } = 8;

    /// <summary>Base channels; a multiple of 32 because of the group norms.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>Channel multiplier of each level, from full resolution down; each level but the last halves the side.</summary>
    public int[] Multipliers { get; init; } = [1, 1, 2, 2, 4];

    public int LatentChannels { get; init; } = 256;

    /// <summary>Residual blocks of an encoder level; a decoder level has one more.</summary>
    public int ResidualBlocks { get; init; } = 2;

    /// <summary>Codes along one side of an image; 0 = as many as the vision tower has patches, which is what the original generates.</summary>
    public int Grid { get; init; }

    /// <summary>Pixels per code along one side.</summary>
    public int Downsampling => 1 << (Multipliers.Length - 1);

    internal static VqConfig Read(ConfigReader node)
    {
        ConfigReader parameters = node.Object("params");
        var config = new VqConfig
        {
            CodebookSize = parameters.Int("image_token_size", max: 1 << 24),
            CodeWidth = parameters.Int("n_embed", max: 1 << 16),
            Channels = parameters.Int("x_ch", 128, max: 1 << 14),
            Multipliers = parameters.Ints("x_ch_mult", [1, 1, 2, 2, 4]),
            LatentChannels = parameters.Int("x_z_channels", 256, max: 1 << 14),
            ResidualBlocks = parameters.Int("x_num_res_blocks", 2, max: 64),
            Grid = parameters.Int("x_grid", 0, max: 4096),
        };
        return config.CheckedBy(parameters, "x_ch");
    }

    /// <summary>The same sizes, if they go together.</summary>
    internal VqConfig CheckedBy(ConfigReader node, string channelsKey)
    {
        if (Channels % 32 != 0)
            throw node.Wrong(channelsKey, $"is {Channels}, which is not a multiple of the 32 normalisation groups");
        if (Multipliers.Max() > MaxMultiplier)
            throw node.Wrong(channelsKey, $"is multiplied by {Multipliers.Max()}, more than {MaxMultiplier}");
        return this;
    }

    internal JsonObject ToJson()
    {
        var parameters = new JsonObject { ["image_token_size"] = CodebookSize, ["n_embed"] = CodeWidth };
        parameters.AddUnless("x_ch", Channels, 128);
        if (!Multipliers.SequenceEqual([1, 1, 2, 2, 4]))
            parameters["x_ch_mult"] = new JsonArray([.. Multipliers.Select(value => (JsonNode)value)]);
        parameters.AddUnless("x_z_channels", LatentChannels, 256);
        parameters.AddUnless("x_num_res_blocks", ResidualBlocks, 2);
        parameters.AddUnless("x_grid", Grid, 0);
        return ConfigJson.Part("VQ-16", "gen_vision", parameters);
    }
}
