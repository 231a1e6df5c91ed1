using System.Text.Json;
using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Modeling.Tests.Text;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Hps;

/// <summary>
/// What the original HPSv2 computes with the tiny models of fixtures/hps_a and fixtures/hps_b, for four images and the twenty prompts of
/// fixtures/clip_prompts.json.
/// </summary>
internal sealed class HpsReference : IDisposable
{
    // Prompts that the original's score function was called with.
    internal static readonly int[] OfficialPrompts = [0, 5, 7, 16];

    // Twenty times the largest difference between the original in float32 and in float64.
    private const double Slack = 20;
    private const double FeatureDifference = 4.5e-7, ScoreDifference = 4.1e-7, RawDifference = 2.4e-6;

    private readonly SafetensorsFile _file;

    internal HpsReference(string model)
    {
        Folder = Fixture.Hps(model);
        _file = SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));
    }

    internal static string[] Prompts { get; } =
        [.. JsonDocument.Parse(File.ReadAllBytes(Fixture.Text("clip_prompts.json"))).RootElement.EnumerateArray().Select(p => p.GetProperty("text").GetString()!)];

    internal static RgbImage[] Images { get; } =
        [.. new[] { "a_91x37.png", "b_55x128.rgb.png", "d_203x9.png", "e_77x101.rgb.png" }.Select(name => RgbImage.Load(Fixture.Image(name)))];

    internal static ClipTokenizer Tokenizer { get; } = new(ClipMerges.Padded());

    internal string Folder { get; }

    internal Tensor this[string name] => _file.Read(name);

    internal HpsConfig Config => HpsConfig.Load(Path.Combine(Folder, HpsConfig.FileName));

    internal HpsModel Model(ScalarType weights = ScalarType.Float32, ScalarType compute = ScalarType.Float32)
    {
        var model = new HpsModel(Config, weights: weights, compute: compute);
        using WeightFile file = WeightFile.Open(Path.Combine(Folder, "model.safetensors"));
        HpsWeights.Load(model, file, "the file");
        return model;
    }

    internal HpsScorer Scorer(bool antialias, HpsOptions? options = null) =>
        new(Model(options?.Weights ?? ScalarType.Float32), Tokenizer, (options ?? new()) with { Antialias = antialias });

    internal int[][] Rows()
    {
        using Tensor ids = _file.Read("text_ids");
        return [.. ids.data<long>().ToArray().Select(id => (int)id).Chunk((int)ids.size(1))];
    }

    /// <summary>The values of a tensor row by row.</summary>
    internal float[][] Floats(string name)
    {
        using Tensor values = _file.Read(name);
        return [.. values.data<float>().ToArray().Chunk((int)values.size(1))];
    }

    internal void ShouldBeClose(string name, Tensor found)
    {
        using Tensor expected = _file.Read(name);
        found.shape.ShouldBe(expected.shape, name);
        using DisposeScope scope = NewDisposeScope();
        (found.to_type(ScalarType.Float64) - expected.to_type(ScalarType.Float64)).abs().max().ToDouble()
            .ShouldBeLessThanOrEqualTo(Tolerance(name), name);
    }

    internal void ShouldBeClose(string name, float[][] found)
    {
        var expected = Floats(name);
        found.Length.ShouldBe(expected.Length, name);
        for (var i = 0; i < found.Length; i++)
            found[i].ShouldBe(expected[i], Tolerance(name), name);
    }

    public void Dispose() => _file.Dispose();

    internal static double Tolerance(string name) => Slack * (name.Split('/')[^1] switch
    {
        "score_matrix" or "official_score" => ScoreDifference,
        "image_features" or "text_features" => FeatureDifference,
        _ => RawDifference,
    });
}
