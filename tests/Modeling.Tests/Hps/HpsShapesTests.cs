using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;

namespace PairUni.Modeling.Tests.Hps;

public class HpsShapesTests
{
    [Fact]
    public void TheRealSizes_AddUpToTheRealCount() => HpsShapes.Of(new HpsConfig()).Sum(tensor => tensor.Elements).ShouldBe(986_109_441);

    [Theory]
    [InlineData("hps_a")]
    [InlineData("hps_b")]
    public void TheShapesOfASmallModel_AreThoseOfItsFile(string model)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Hps", "fixtures", model);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        HpsShapes.Of(HpsConfig.Load(Path.Combine(folder, HpsConfig.FileName))).Select(tensor => $"{tensor.Name} {StoredTensor.Text(tensor.Shape)}")
            .Order(StringComparer.Ordinal).ShouldBe(file.Tensors.Select(tensor => $"{tensor.Name} {tensor.ShapeText}").Order(StringComparer.Ordinal));
    }
}
