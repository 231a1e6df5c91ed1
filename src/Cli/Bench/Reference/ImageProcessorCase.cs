using System.Text.RegularExpressions;
using PairUni.Modeling.Images;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Images at several sizes and under two normalisations, byte for byte and as the floats that the tower sees.</summary>
internal static partial class ImageProcessorCase
{
    // Normalised values reach 2.7, where neighbours lie 2.4e-7 apart.
    private const double LastPlaces = 3e-7;

    private static readonly float[] ClipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] ClipStd = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <param name="reference">case7.</param>
    /// <param name="images">Finds an image by its file name.</param>
    public static void Run(ReferenceCase reference, Func<string, RgbImage> images)
    {
        foreach (var tensor in reference.Tensors)
        {
            if (Name().Match(tensor) is not { Success: true } match)
                continue;
            var size = int.Parse(match.Groups["size"].Value, System.Globalization.CultureInfo.InvariantCulture);
            var processor = match.Groups["clip"].Success ? new JanusImageProcessor(size, mean: ClipMean, std: ClipStd) : new JanusImageProcessor(size);
            var image = images(match.Groups["image"].Value);
            if (match.Groups["what"].Value == "pixel_values")
            {
                reference.Compare(tensor, processor.Process(image), LastPlaces);
                continue;
            }

            var square = processor.ResizeAndPad(image);
            var bytes_HWC = Bytes(square.Pixels).view(square.Height, square.Width, 3);
            reference.Compare(tensor, bytes_HWC.permute(2, 0, 1));
        }
    }

    private static Tensor Bytes(byte[] values) => tensor(values.Select(value => (int)value).ToArray(), ScalarType.Int32);

    [GeneratedRegex("^(?<image>.+)/(?<clip>clipmean_)?size(?<size>[0-9]+)/(?<what>resized_padded_uint8|pixel_values)$")]
    private static partial Regex Name();
}
