using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

/// <summary>A group of drawn answers to be scored.</summary>
/// <param name="PromptIds">Ids of the question with expanded image slots.</param>
/// <param name="ImageMask">True where image features replace the id's embedding.</param>
/// <param name="Pixels_MCHW">The question's images as the processor gives them; null when it has none.</param>
/// <param name="Tokens">[G][T] answers, of any lengths.</param>
public sealed record TextSequence(int[] PromptIds, bool[] ImageMask, Tensor? Pixels_MCHW, int[][] Tokens);
