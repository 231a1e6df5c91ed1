using PairUni.Data.Features;
using PairUni.Data.Import;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;
using PairUni.Modeling.Towers;

namespace PairUni.Data.Tests.Features;

public sealed class FeatureCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Features_AreThereAgain_AndWhatAKillLeftHalfWrittenIsNot()
    {
        string Hash(int i) => new((char)('a' + i), 64);
        using (var cache = FeatureCache.Open(folder.At("f"), "print", "tower", 3))
            cache.Append([(Hash(0), [1, 2, 3]), (Hash(1), [4, 5, 6])]);
        var whole = new FileInfo(folder.At("f")).Length;
        using (var file = new FileStream(folder.At("f"), FileMode.Append))
            file.Write(new byte[40]);
        for (var round = 0; round < 2; round++)
        {
            using var cache = FeatureCache.Open(folder.At("f"), "print", "tower", 3);
            (cache.Count, cache.Has(Hash(1)), cache.Has(Hash(2))).ShouldBe((2 + round, true, round == 1));
            var features = new float[3];
            cache.Read(Hash(1), features);
            features.ShouldBe([4, 5, 6]);
            if (round == 0)
                cache.Append([(Hash(2), [7, 8, 9])]);
        }
        new FileInfo(folder.At("f")).Length.ShouldBe(whole + 32 + 12 + 8);
    }

    [Fact]
    public void ACacheOfAnotherModel_OrAnotherFile_OrInUse_IsRefused()
    {
        using (FeatureCache.Open(folder.At("f"), "print", "SigLIP of a", 3))
            Should.Throw<DataFileException>(() => FeatureCache.Open(folder.At("f"), "print", "SigLIP of a", 3)).Message.ShouldContain("cannot be opened");
        Should.Throw<DataFileException>(() => FeatureCache.Open(folder.At("f"), "other", "CLIP of b", 3)).Message
            .ShouldBe($"{folder.At("f")}: the features are those of another model (SigLIP of a) than CLIP of b; give another --cache, or remove this file to compute them anew.");
        Should.Throw<DataFileException>(() => FeatureCache.Open(folder.File("g", "some text\n"), "print", "t", 3)).Message.ShouldContain("is no feature cache");
        FeatureCache.Open(folder.File("h", "{\"What\":\"pairu"), "print", "t", 3).Dispose();
    }

    [Fact]
    public void AnExtractionThatStopped_GoesOn_WithoutDoingAnImageTwice()
    {
        for (var i = 0; i < 70; i++)
        {
            RgbImage.Filled(8, 8, (byte)i, 0, 0).Save(Path.Combine(Directory.CreateDirectory(folder.At("src")).FullName, $"{i:00}.png"));
            folder.File($"src/{i:00}.txt", "p");
        }
        var report = PoolImport.Run(new() { Source = folder.At("src"), Format = SourceFormat.Captions, Task = SampleTask.Generate }, folder.At("pool"));
        var samples = PoolFile.Read(report.Path);
        var tower = new RedTower { Left = 40 };
        using (var cache = FeatureCache.Open(folder.At("f"), tower.Fingerprint, tower.Name, tower.Width))
            Should.Throw<InvalidOperationException>(() => FeatureExtraction.Fill(cache, tower, report.Path, samples));
        tower.Left = int.MaxValue;
        using (var cache = FeatureCache.Open(folder.At("f"), tower.Fingerprint, tower.Name, tower.Width))
        {
            FeatureExtraction.Fill(cache, tower, report.Path, samples).ShouldBe(38);
            FeatureExtraction.Fill(cache, tower, report.Path, samples).ShouldBe(0);
            FeatureExtraction.Read(cache, samples)[69][0].ShouldBe(69);
        }
        tower.Seen.Order().ShouldBe(Enumerable.Range(0, 70));
        File.Copy(folder.At("src/01.png"), Path.Combine(folder.At("pool"), samples[0].ImagePath), overwrite: true);
        using var empty = FeatureCache.Open(folder.At("e"), tower.Fingerprint, tower.Name, tower.Width);
        Should.Throw<DataFileException>(() => FeatureExtraction.Fill(empty, tower, report.Path, samples)).Message.ShouldContain("is another one than was imported");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Its feature is how red an image is; it fails when too many were asked for.</summary>
    private sealed class RedTower : IImageTower
    {
        public List<int> Seen { get; } = [];

        public int Left { get; set; }

        public string Name => "red";

        public int Width => 1;

        public string Fingerprint => "red";

        public float[][] Encode(IReadOnlyList<RgbImage> images)
        {
            if ((Left -= images.Count) < 0)
                throw new InvalidOperationException("stopped");
            Seen.AddRange(images.Select(image => (int)image.Pixels[0]));
            return [.. images.Select(image => new float[] { image.Pixels[0] })];
        }

        public void Dispose() { }
    }
}
