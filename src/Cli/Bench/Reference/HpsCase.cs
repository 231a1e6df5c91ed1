using System.Text.Json;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

// B images or prompts, E width of the shared features

/// <summary>The preference score: prompts' ids, both ways of resizing, both towers, and scores as the original's function gives them.</summary>
internal static class HpsCase
{
    // Bicubic weights in float32 and sums of sixteen or more products of values up to 2.2.
    private const double PixelTolerance = 3e-6;

    /// <param name="model">Loaded from the folder's weights.</param>
    /// <param name="tokenizer">CLIP's; null where the folder has no vocabulary.</param>
    /// <param name="reference">case8_hps.</param>
    /// <param name="settings">case8_hps.json.</param>
    /// <param name="images">Finds an image by its file name.</param>
    public static void Run(HpsModel model, ClipTokenizer? tokenizer, ReferenceCase reference, JsonElement settings, Func<string, RgbImage> images)
    {
        var rows = reference.Rows("text_ids");
        if (tokenizer is not null)
            reference.CompareAll("text_ids", Texts(settings, "prompts").SelectMany(prompt => tokenizer.Row(prompt, rows[0].Length)));
        var texts_BE = model.EncodeTexts(rows);
        reference.Compare("text_features_unnormalised", texts_BE);
        texts_BE = HpsModel.Normalise(texts_BE);
        reference.Compare("text_features", texts_BE);
        reference.Compare("logit_scale_exp", model.logit_scale.to_type(ScalarType.Float32).exp().reshape(1));

        RgbImage[] seen = [.. Texts(settings, "images").Select(images)];
        long[] official = [.. settings.GetProperty("official_score_prompt_indices").EnumerateArray().Select(index => index.GetInt64())];
        foreach (var variant in new[] { "antialias", "no_antialias" })
        {
            var pixels_BCHW = new HpsImageProcessor(model.Config.Vision.ImageSize, variant == "antialias").Process(seen);
            reference.Compare($"{variant}/pixel_values", pixels_BCHW, PixelTolerance);
            var images_BE = model.EncodeImages(pixels_BCHW);
            reference.Compare($"{variant}/image_features_unnormalised", images_BE);
            images_BE = HpsModel.Normalise(images_BE);
            reference.Compare($"{variant}/image_features", images_BE);
            var scores_BB = images_BE.matmul(texts_BE.t());
            reference.Compare($"{variant}/score_matrix", scores_BB);
            reference.Compare($"{variant}/official_score", scores_BB.t().index_select(0, tensor(official, device: scores_BB.device)));
        }
    }

    /// <summary>An image at the model's real size; which one it is, the file does not say, so the nearest counts.</summary>
    /// <param name="reference">A file of hps_preprocess, named after its way of resizing.</param>
    /// <param name="images">Every image of the folder.</param>
    public static void Preprocess(ReferenceCase reference, IReadOnlyList<RgbImage> images)
    {
        var side = reference.Ints("shape_full")[1];
        var processor = new HpsImageProcessor(side, !reference.File.Contains("no_antialias", StringComparison.Ordinal));
        var expected_CHW = reference["pixel_values"].cpu();
        Tensor Every2(Tensor pixels_CHW) => pixels_CHW.slice(1, 0, side, 2).slice(2, 0, side, 2);
        var nearest_CHW = images.Select(processor.Process).MinBy(pixels => (Every2(pixels) - expected_CHW).abs().max().ToSingle())!;
        reference.Compare("pixel_values", Every2(nearest_CHW), PixelTolerance);
        foreach (var tensor in reference.Tensors.Where(name => name.EndsWith("_full", StringComparison.Ordinal) && name != "shape_full"))
        {
            var at = long.Parse(tensor.Split('_')[1], System.Globalization.CultureInfo.InvariantCulture);
            reference.Compare(tensor, nearest_CHW.select(tensor.StartsWith("row", StringComparison.Ordinal) ? 1 : 2, at), PixelTolerance);
        }
    }

    private static IEnumerable<string> Texts(JsonElement settings, string key) =>
        settings.GetProperty(key).EnumerateArray().Select(text => text.GetString()!);
}
