using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Tests;

/// <summary>A whole HPS folder of a few thousand random weights and two merges.</summary>
internal static class TinyHps
{
    private const string Sizes = """
        {"embed_dim": 8,
         "vision_cfg": {"image_size": 16, "patch_size": 8, "width": 16, "head_width": 8, "layers": 1},
         "text_cfg": {"context_length": 16, "vocab_size": 516, "width": 16, "heads": 2, "layers": 1}}
        """;

    public static string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, HpsConfig.FileName), Sizes);
        File.WriteAllText(Path.Combine(folder, "bpe_simple_vocab_16e6.txt"), "#version: 0.2\nr e\nre d</w>\n");
        using var model = new HpsModel(HpsConfig.Load(Path.Combine(folder, HpsConfig.FileName)));
        using (no_grad())
        {
            using var generator = new Generator(5, CPU);
            foreach ((_, Parameter parameter) in model.named_parameters())
                parameter.normal_(0, 0.3, generator);
        }

        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)));
        return folder;
    }
}
