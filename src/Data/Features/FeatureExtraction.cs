using System.Security.Cryptography;
using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;
using PairUni.Modeling.Towers;

namespace PairUni.Data.Features;

/// <summary>Gives every image of a pool its features: those in the cache as they are, the others a batch at a time through the tower.</summary>
public static class FeatureExtraction
{
    private const int Batch = 16;

    /// <summary>Adds what the cache lacks.</summary>
    /// <param name="pool">The pool file.</param>
    /// <param name="samples">Its samples.</param>
    /// <param name="done">Told the number of images computed so far.</param>
    /// <returns>Number of images that went through the tower.</returns>
    /// <exception cref="DataFileException">An image is missing, damaged or another one than was imported.</exception>
    public static int Fill(FeatureCache cache, IImageTower tower, string pool, IReadOnlyList<PoolSample> samples, Action<int>? done = null, CancellationToken cancellation = default)
    {
        var folder = new DataFolder(pool);
        var lacking = samples.Where(sample => !cache.Has(sample.Sha256)).DistinctBy(sample => sample.Sha256).ToArray();
        var count = 0;
        foreach (var batch in lacking.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var images = new RgbImage[batch.Length];
            for (var i = 0; i < batch.Length; i++)
                images[i] = Load(folder, pool, batch[i]);
            cache.Append(batch.Zip(tower.Encode(images), (sample, features) => (sample.Sha256, features)));
            count += batch.Length;
            done?.Invoke(count);
        }
        return count;
    }

    /// <summary>The features of samples, one row each, in their order.</summary>
    public static FeatureMatrix Read(FeatureCache cache, IReadOnlyList<PoolSample> samples)
    {
        var matrix = new FeatureMatrix(samples.Count, cache.Width);
        for (var i = 0; i < samples.Count; i++)
            cache.Read(samples[i].Sha256, matrix[i]);
        return matrix;
    }

    private static RgbImage Load(DataFolder folder, string pool, PoolSample sample)
    {
        var path = folder.Resolve(sample.ImagePath, $"{pool}: sample \"{sample.Id}\"");
        var bytes = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sample.Sha256
            ? RgbImage.Decode(bytes, path)
            : throw new DataFileException($"{pool}: sample \"{sample.Id}\": the image {path} is another one than was imported; import it again.");
    }
}
