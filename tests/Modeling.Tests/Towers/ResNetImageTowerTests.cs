using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using PairUni.Modeling.Towers;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Towers;

public class ResNetImageTowerTests
{
    [Fact]
    public void ATinyResNet_GivesWhatItsLayersGiveWorkedOutOneByOne()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "tiny.safetensors");
        using var scope = NewDisposeScope();
        var tensors = Tiny();
        SafetensorsWriter.Write(path, [.. tensors.Select(pair => (pair.Key, pair.Value))]);
        using var tower = ResNetImageTower.Load(path);
        tower.Width.ShouldBe(16);

        using var guard = no_grad();
        var pixels = randn([1, 3, 40, 40], generator: new Generator(5));
        var expected = ByHand(tensors, pixels);
        var actual = tower.Features(pixels).data<float>().ToArray();
        for (var i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-4f);

        var rows = tower.Encode([RgbImage.Filled(300, 20, 9, 99, 200), RgbImage.Filled(30, 500, 9, 99, 200)]);
        rows.ShouldAllBe(row => Math.Abs(row.Sum(value => value * value) - 1) < 1e-5);
        using var again = ResNetImageTower.Load(path);
        again.Fingerprint.ShouldBe(tower.Fingerprint);
    }

    [Fact]
    public void AnotherFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "other.safetensors");
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(path, [("x", ones(2))]);
        Should.Throw<ModelFileException>(() => ResNetImageTower.Load(path)).Message.ShouldContain("it is no ResNet-50 in torchvision's names");
        Should.Throw<ModelFileException>(() => ImageTowers.Load("vgg:a")).Message.ShouldBe("\"vgg:a\" names no image tower; write janus:FOLDER, hps:PATH or resnet50:FILE.");
    }

    // One block a stage; the first two stages have 4 channels inside and 8 out, the last two 4 and 16.
    private static Dictionary<string, Tensor> Tiny()
    {
        var (tensors, generator, input) = (new Dictionary<string, Tensor>(), new Generator(1), 4);
        void Conv(string conv, string norm, int map, int to, int kernel)
        {
            tensors[conv + ".weight"] = randn([to, map, kernel, kernel], generator: generator).mul(0.3);
            tensors[norm + ".weight"] = rand([to], generator: generator).add(0.5);
            tensors[norm + ".bias"] = randn([to], generator: generator).mul(0.1);
            tensors[norm + ".running_mean"] = randn([to], generator: generator).mul(0.1);
            tensors[norm + ".running_var"] = rand([to], generator: generator).add(0.5);
        }
        Conv("conv1", "bn1", 3, 4, 7);
        for (var stage = 1; stage <= 4; stage++)
        {
            var output = stage <= 2 ? 8 : 16;
            Conv($"layer{stage}.0.conv1", $"layer{stage}.0.bn1", input, 4, 1);
            Conv($"layer{stage}.0.conv2", $"layer{stage}.0.bn2", 4, 4, 3);
            Conv($"layer{stage}.0.conv3", $"layer{stage}.0.bn3", 4, output, 1);
            Conv($"layer{stage}.0.downsample.0", $"layer{stage}.0.downsample.1", input, output, 1);
            input = output;
        }
        return tensors;
    }

    private static float[] ByHand(Dictionary<string, Tensor> tensors, Tensor pixels)
    {
        var image = new Map(3, 40, 40, pixels.data<float>().ToArray());
        var x = Pool(Relu(Norm(Conv(image, "conv1", 2), "bn1")));
        for (var stage = 1; stage <= 4; stage++)
        {
            var (name, stride) = ($"layer{stage}.0", stage == 1 ? 1 : 2);
            var inner = Relu(Norm(Conv(Relu(Norm(Conv(x, name + ".conv1", 1), name + ".bn1")), name + ".conv2", stride), name + ".bn2"));
            var (main, side) = (Norm(Conv(inner, name + ".conv3", 1), name + ".bn3"), Norm(Conv(x, name + ".downsample.0", stride), name + ".downsample.1"));
            x = Relu(main with { Values = [.. main.Values.Zip(side.Values, (a, b) => a + b)] });
        }
        return [.. x.Values.Chunk(x.Height * x.Width).Select(channel => channel.Average())];

        Map Conv(Map map, string name, int stride)
        {
            var weight = tensors[name + ".weight"];
            var (w, to, kernel) = (weight.data<float>().ToArray(), (int)weight.size(0), (int)weight.size(2));
            var (height, width) = ((map.Height + stride - 1) / stride, (map.Width + stride - 1) / stride);
            var values = new float[to * height * width];
            for (var o = 0; o < to; o++)
                for (var y = 0; y < height; y++)
                    for (var u = 0; u < width; u++)
                        for (var c = 0; c < map.Channels; c++)
                            for (var ky = 0; ky < kernel; ky++)
                                for (var kx = 0; kx < kernel; kx++)
                                    values[(((o * height) + y) * width) + u] += map.At(c, (y * stride) + ky - (kernel / 2), (u * stride) + kx - (kernel / 2), 0)
                                        * w[(((((o * map.Channels) + c) * kernel) + ky) * kernel) + kx];
            return new(to, height, width, values);
        }

        Map Norm(Map map, string name)
        {
            var (gain, bias, mean, variance) = (Of("weight"), Of("bias"), Of("running_mean"), Of("running_var"));
            var area = map.Height * map.Width;
            return map with { Values = [.. map.Values.Select((v, i) => ((v - mean[i / area]) / MathF.Sqrt(variance[i / area] + 1e-5f) * gain[i / area]) + bias[i / area])] };
            float[] Of(string part) => tensors[$"{name}.{part}"].data<float>().ToArray();
        }

        static Map Relu(Map map) => map with { Values = [.. map.Values.Select(v => Math.Max(v, 0))] };

        static Map Pool(Map map)
        {
            var (height, width) = ((map.Height + 1) / 2, (map.Width + 1) / 2);
            var values = new float[map.Channels * height * width];
            for (var i = 0; i < values.Length; i++)
                values[i] = Enumerable.Range(0, 9).Max(k => map.At(i / (height * width), (i / width % height * 2) + (k / 3) - 1, (i % width * 2) + (k % 3) - 1, float.NegativeInfinity));
            return new(map.Channels, height, width, values);
        }
    }

    private sealed record Map(int Channels, int Height, int Width, float[] Values)
    {
        public float At(int c, int y, int x, float outside) => y < 0 || x < 0 || y >= Height || x >= Width ? outside : Values[(((c * Height) + y) * Width) + x];
    }
}
