using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using TorchSharp.Modules;

namespace PairUni.Modeling.Tests.Hps;

// fixtures/hps_a/HPS_tiny.pt is {'state_dict': float16 tensors} as torch.save writes it, of the values of model.safetensors beside it.
public class HpsFilesTests
{
    private const string Vocabulary = "bpe_simple_vocab_16e6.txt";

    [Fact]
    public void APyTorchCheckpoint_LoadsTheSameModel()
    {
        using HpsReference reference = new("hps_a");
        using HpsModel expected = reference.Model();
        using HpsModel model = new(reference.Config);
        using WeightFile file = WeightFile.Open(Path.Combine(reference.Folder, "HPS_tiny.pt"));
        HpsWeights.Load(model, file, "the sizes");
        foreach (((string name, Parameter parameter), (_, Parameter same)) in model.named_parameters().Zip(expected.named_parameters()))
            parameter.Equals(same).ShouldBeTrue(name);
    }

    [Fact]
    public void WeightsOfOtherSizes_AreRefused_NamingTensorAndRemedy()
    {
        using HpsReference reference = new("hps_a");
        using WeightFile file = WeightFile.Open(Path.Combine(reference.Folder, "model.safetensors"));
        string Fault(HpsConfig config) => Should.Throw<ModelFileException>(() => HpsWeights.Check(file, config, "sizes.json")).Message;
        var config = reference.Config;

        Fault(config with { EmbedDim = 25 }).ShouldBe($"{file.Path}: tensor \"text_projection\" has shape [6, 24] where [6, 25] is expected; "
            + "give weights that fit sizes.json, or the open_clip_config.json that belongs to them.");
        Fault(config with { Text = config.Text with { Layers = 3 } }).ShouldStartWith($"{file.Path} lacks 12 of the model's tensors, \"transformer.resblocks.2.ln_1.weight\" first; ");
        Fault(config with { Vision = config.Vision with { Layers = 2 } }).ShouldStartWith($"{file.Path} has 12 tensors that the model does not have, \"visual.transformer.resblocks.2.");
    }

    [Fact]
    public void AFolder_OffersItsOneFile_OrTheOneOfTheKnownName()
    {
        using var folder = new TemporaryFolder();
        folder.File(Vocabulary, "");
        Fault(folder.Path).ShouldBe($"{folder.Path} has no weights; put HPS_v2.1_compressed.pt there.");
        var one = folder.File("a.pt", "");
        HpsFiles.Find(folder.Path).ShouldBe(new HpsFiles(one, null, Path.Combine(folder.Path, Vocabulary)));
        folder.File("b.bin", "");
        Fault(folder.Path).ShouldBe($"{folder.Path} has 2 files of weights (a.pt, b.bin); give the path of one of them.");
        var known = folder.File("HPS_v2.1_compressed.pt", "");
        var config = folder.File("open_clip_config.json", "{}");
        HpsFiles.Find(folder.Path).ShouldBe(new HpsFiles(known, config, Path.Combine(folder.Path, Vocabulary)));
        HpsFiles.Find(one).Weights.ShouldBe(one);
        Fault(Path.Combine(folder.Path, "none.pt")).ShouldContain("none.pt does not exist; give HPS_v2.1_compressed.pt");
    }

    [Theory]
    [InlineData("{}", "embed_dim is missing")]
    [InlineData("""{"embed_dim": 8, "vision_cfg": {"width": 10, "head_width": 4, "layers": 1, "patch_size": 2}}""", "vision_cfg.head_width is 4, which does not divide the width 10")]
    [InlineData("""{"embed_dim": 8, "quick_gelu": true}""", "quick_gelu is true, but HPS models use the exact GELU")]
    [InlineData("""{"model_cfg": {"embed_dim": -1}}""", "model_cfg.embed_dim is -1")]
    public void SizesThatMakeNoModel_AreNamed(string json, string fault)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("open_clip_config.json", json);
        Should.Throw<ModelFileException>(() => HpsConfig.Load(path)).Message.ShouldStartWith($"{path}: {fault}");
    }

    private static string Fault(string path) => Should.Throw<ModelFileException>(() => HpsFiles.Find(path)).Message;
}
