using System.Security.Cryptography;
using PairUni.Data;
using PairUni.Data.Features;
using PairUni.Data.Pairing;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;
using PairUni.Modeling.Towers;

namespace PairUni.Cli.Bench.Extraction;

/// <summary>Extracts the features of pools of growing size, each from the disk into a cache of its own as data pair does, and looks at the memory.</summary>
internal static class ExtractionBench
{
    public static IEnumerable<ExtractionRow> Run(IImageTower tower, IEnumerable<int> counts, int side, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("pairuni-extraction-").FullName;
        try
        {
            // Threads, buffers and code that every later one uses.
            Extract(tower, Pool(folder, 64, side), time);
            foreach (var count in counts)
                yield return Extract(tower, Pool(folder, count, side), time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ExtractionRow Extract(IImageTower tower, string pool, TimeProvider time)
    {
        // What making the pool left behind goes back to the system first.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        PeakMemory.Reset();
        var samples = Read(pool);
        using var cache = FeatureCache.Open(pool + ".features", tower.Fingerprint, tower.Name, tower.Width);
        var start = time.GetTimestamp();
        var computed = FeatureExtraction.Fill(cache, tower, pool, samples);
        return new(computed, time.GetElapsedTime(start).TotalSeconds, PeakMemory.Bytes());
    }

    private static IReadOnlyList<PoolSample> Read(string pool) => PoolPairs.Distinct(PoolFile.Read(pool));

    // Grain: no two images are the same, and none is small when packed.
    private static string Pool(string parent, int count, int side)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"{count}")).FullName;
        var samples = new PoolSample[count];
        Parallel.For(0, count, i =>
        {
            var (pixels, random) = (new byte[side * side * 3], new SeededRandom((ulong)count, (ulong)i));
            for (var p = 0; p < pixels.Length; p++)
                pixels[p] = (byte)random.Next(256);
            var image = new RgbImage(side, side, pixels);
            var bytes = image.EncodePng();
            File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), bytes);
            samples[i] = new()
            {
                Id = $"{i}",
                ImagePath = $"{i}.png",
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                PerceptualHash = PerceptualHash.Of(image).ToString(),
                Prompt = $"made-up image {i}",
            };
        });
        var path = Path.Combine(folder, PoolFile.Name);
        PoolFile.Write(path, samples);
        return path;
    }
}
