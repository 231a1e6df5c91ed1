using System.Text;
using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Files;

/// <summary>Damages sound files in every way a seed can think of: each is then read as it is, or refused in one sentence, within bounds of time and memory.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const int Seed = 20260;
    private const int Each = 40;

    /// <summary>What reading any file may allocate beside its own size: parsers, tables, exceptions.</summary>
    private const long Constant = 64L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("safetensors")]
    [InlineData("pickle")]
    [InlineData("archive")]
    [InlineData("index")]
    [InlineData("config")]
    [InlineData("tokenizer")]
    [InlineData("png")]
    [InlineData("jpeg")]
    public async Task AMutatedFile_IsReadOrRefusedInOneSentence(string kind)
    {
        byte[] sound = Sound(kind);
        await Task.Run(() => Read(kind, sound), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var random = new Random(Seed + kind.Length * 1000 + kind[0]);
        int refused = 0;
        for (int i = 0; i < Each; i++)
        {
            byte[] bytes = Mutation.Of(sound, random);
            string? sentence = await Task.Run(() => Sentence(kind, bytes), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            refused += sentence is null ? 0 : 1;
        }
        refused.ShouldBeGreaterThan(Each / 4);
        Directory.Exists("ran").ShouldBeFalse();
    }

    [Fact]
    public void AGigabyteOfPixelsInASmallPng_IsRefusedBeforeItIsUnpacked()
    {
        byte[] bomb = SmallPng.Of(32768, 32768);
        bomb.Length.ShouldBeLessThan(4096);
        // Unpacking would have found the data short instead.
        Should.Throw<ImageFileException>(() => RgbImage.Decode(bomb, "bomb.png")).Message.ShouldContain("32768 x 32768 pixels exceed the limit of 67108864");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void AnImageOfZeroSize_IsRefused(int width, int height) =>
        Should.Throw<ImageFileException>(() => RgbImage.Decode(SmallPng.Of(width, height), "none.png")).Message.ShouldStartWith("none.png: ");

    public void Dispose() => _folder.Dispose();

    // Null when the file could be read after all.
    private string? Sentence(string kind, byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(kind, bytes);
            return null;
        }
        catch (Exception fault) when (fault is ModelFileException or ImageFileException)
        {
            fault.Message.ShouldNotBeNullOrWhiteSpace();
            fault.Message.Length.ShouldBeLessThan(2000);
            return fault.Message;
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(bytes.Length + Constant);
        }
    }

    private void Read(string kind, byte[] bytes)
    {
        using DisposeScope scope = NewDisposeScope();
        switch (kind)
        {
            case "png" or "jpeg":
                RgbImage.Decode(bytes, "image");
                break;
            case "safetensors" or "archive":
                ReadWeights(bytes);
                break;
            case "pickle":
                ReadWeights(TorchArchive.Of(bytes, ("0", new byte[400]), ("1", new byte[400]), ("2", new byte[400])));
                break;
            case "config":
                File.WriteAllBytes(Path.Combine(_folder.Path, JanusConfig.FileName), bytes);
                JanusConfig.Load(_folder.Path);
                break;
            case "tokenizer":
                foreach (string name in new[] { JanusTokenizer.ConfigFileName, JanusTokenizer.SpecialTokensFileName })
                    File.Copy(Fixture.Text(name), Path.Combine(_folder.Path, name), overwrite: true);
                File.WriteAllBytes(Path.Combine(_folder.Path, JanusTokenizer.FileName), bytes);
                JanusTokenizer tokenizer = JanusTokenizer.Load(_folder.Path);
                tokenizer.Decode(tokenizer.Encode("A red circle, café: 12 <end_of_image>"));
                break;
            default:
                foreach (string name in new[] { "a", "b" })
                    File.WriteAllBytes(Path.Combine(_folder.Path, $"{name}.safetensors"), Sound("safetensors", name));
                File.WriteAllBytes(Path.Combine(_folder.Path, "model.safetensors.index.json"), bytes);
                CheckpointFolder.Open(_folder.Path).Dispose();
                break;
        }
    }

    private void ReadWeights(byte[] bytes)
    {
        string path = Path.Combine(_folder.Path, "weights");
        File.WriteAllBytes(path, bytes);
        using WeightFile file = WeightFile.Open(path);
        foreach (string name in file.Names)
        {
            using Tensor tensor = file.Read(name);
            tensor.numel().ShouldBe(file[name].Elements);
        }
    }

    private static byte[] Sound(string kind, string prefix = "w")
    {
        using DisposeScope scope = NewDisposeScope();
        (string, Tensor)[] tensors = [.. Enumerable.Range(0, 3).Select(i => ($"{prefix}.{i}", arange(100, ScalarType.Float32).view(10, 10)))];
        var image = new RgbImage(24, 16, [.. Enumerable.Range(0, 24 * 16 * 3).Select(i => (byte)(i * 37))]);
        switch (kind)
        {
            case "safetensors":
                using (var stream = new MemoryStream())
                {
                    SafetensorsWriter.Write(stream, tensors);
                    return stream.ToArray();
                }
            case "pickle":
                return new PickleWriter().StateDict(Enumerable.Range(0, 3).Select(i => new TorchArchive.View($"w.{i}", $"{i}", "FloatStorage", 100, 0, [10, 10], [10, 1]))).Bytes();
            case "archive":
                return TorchArchive.Of(tensors);
            case "index":
                return Encoding.UTF8.GetBytes("""{"metadata":{"total_size":1200},"weight_map":{"a.0":"a.safetensors","a.1":"a.safetensors","b.0":"b.safetensors"}}""");
            case "config":
                return File.ReadAllBytes(Fixture.Janus("model/config.json"));
            case "tokenizer":
                return File.ReadAllBytes(Fixture.Text(JanusTokenizer.FileName));
            case "png":
                return image.EncodePng();
            default:
                return image.EncodeJpeg();
        }
    }
}
