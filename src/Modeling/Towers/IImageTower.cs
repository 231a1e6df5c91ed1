using PairUni.Modeling.Images;

namespace PairUni.Modeling.Towers;

/// <summary>A network that turns an image into one vector, for retrieval. Not for several threads at once.</summary>
public interface IImageTower : IDisposable
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>Length of the vectors.</summary>
    int Width { get; }

    /// <summary>SHA-256 of kind and weights: vectors of two towers with different fingerprints do not compare.</summary>
    string Fingerprint { get; }

    /// <summary>[image][Width] features of length 1.</summary>
    float[][] Encode(IReadOnlyList<RgbImage> images);
}
