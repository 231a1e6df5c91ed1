using PairUni.Modeling.Janus.Names;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Folders;

/// <summary>Bytes that a Janus model takes, from its sizes alone. Activations come on top; they depend on the batch.</summary>
/// <param name="Width">Bytes of a value of the type computed in.</param>
public sealed record JanusMemory(JanusConfig Config, int Width)
{
    /// <summary>Every parameter that inference uses.</summary>
    public long Weights => JanusShapes.Parameters(Config).Sum(tensor => tensor.Elements) * Width;

    /// <summary>Keys and values of one position, over all layers.</summary>
    public long Position => 2L * Config.Language.Layers * Config.Language.KeyValueHeads * Config.Language.HeadWidth * Width;

    /// <summary>Keys and values of a group of images with guidance: each sample's tokens twice, and both prompts once.</summary>
    public long ImageGroup(int samples, int promptTokens) => Position * 2 * ((long)samples * Config.ImageTokens + promptTokens);

    /// <summary>Weights, gradients and AdamW's two moments, all in the type computed in; frozen parts have weights only.</summary>
    /// <param name="freeze">Modules that are not trained.</param>
    public long Training(IReadOnlyCollection<string> freeze) => Weights + 3 * Width * Trained(freeze);

    /// <summary>Parameters outside of <paramref name="freeze"/>.</summary>
    public long Trained(IReadOnlyCollection<string> freeze) =>
        JanusShapes.Parameters(Config).Where(tensor => !freeze.Contains(tensor.Name.Split('.')[0])).Sum(tensor => tensor.Elements);

    public static int WidthOf(ScalarType dtype) => dtype is ScalarType.Float32 ? 4 : 2;
}
