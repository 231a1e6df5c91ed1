namespace PairUni.Modeling.Text;

/// <summary>The ids of a question about images, with each image slot widened to its tokens.</summary>
/// <param name="Ids">T token ids.</param>
/// <param name="ImageMask">T flags, true where image features replace the token's embedding, image by image in raster order.</param>
public sealed record UnderstandingPrompt(int[] Ids, bool[] ImageMask);
