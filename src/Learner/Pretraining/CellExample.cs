using PairUni.Modeling.Images;

namespace PairUni.Learner.Pretraining;

/// <summary>An image with a class for every cell of the code grid and attribute: what auxiliary heads are trained on.</summary>
/// <param name="Image">The image.</param>
/// <param name="Labels">[cells x attributes] in raster order, attributes innermost; the last class of an attribute is "empty".</param>
public sealed record CellExample(RgbImage Image, int[] Labels);
