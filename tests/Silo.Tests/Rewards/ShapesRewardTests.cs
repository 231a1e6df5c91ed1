using PairUni.Contracts;
using PairUni.Data.Shapes;

namespace PairUni.Silo.Tests;

public class ShapesRewardTests
{
    private const string RedCircle = """{"tag":"colors","include":[{"class":"circle","count":1,"color":"red"}],"prompt":"a photo of a red circle"}""";
    private static readonly PlacedShape Circle = new(ShapeKind.Circle, ShapeColour.Red, 0, 0, 0, 0, ShapeWorld.Default.MaxSize);
    private static readonly PlacedShape Square = new(ShapeKind.Square, ShapeColour.Blue, 2, 2, 0, 0, ShapeWorld.Default.MaxSize);

    [Theory]
    [InlineData("", 1, 1, 0)]
    [InlineData("dense", 1, 1, 0)]
    [InlineData("strict", 1, 0, 0)]
    [InlineData("permissive", 1, 1, 0)]
    [InlineData("strict+permissive", 1, 0.5, 0)]
    public async Task AnImage_IsWorthWhatItsModeSays(string mode, float asAsked, float withAnExtra, float empty)
    {
        var values = await Score(mode, RedCircle);
        values[0].ShouldBe(asAsked);
        if (mode is not ("" or "dense")) values[1].ShouldBe(withAnExtra);
        values[2].ShouldBe(empty);
    }

    [Fact]
    public async Task AnUnknownMode_Throws_NamingTheModes() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Score("harsh", RedCircle))).Message.ShouldBe(
            "the shapes reward has no mode 'harsh'; use dense, strict or permissive");

    [Fact]
    public async Task APromptWithoutARecord_Throws_SayingWhatIsMissing() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Score("", ""))).Message.ShouldContain("has no GenEval record");

    private static Task<float[]> Score(string mode, string record) => new ShapesReward().Score(
        new()
        {
            Key = new("r", 1, 0, TaskKind.Generate),
            Mode = mode,
            Spec = Specs.With(prompt: "a photo of a red circle", record: record),
            Samples = [Sample(Circle), Sample(Circle, Square), Sample()],
        },
        default);

    private static GroupSample Sample(params PlacedShape[] shapes) => new()
    {
        Tokens = [1],
        LogpSampler = [0],
        LogpConditional = [0],
        Finished = true,
        Text = "",
        Image = ShapeRenderer.Render(new ShapeScene(shapes)).EncodePng(),
    };
}
