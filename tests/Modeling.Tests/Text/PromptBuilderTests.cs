using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

public class PromptBuilderTests
{
    private static readonly PromptBuilder Prompts = new(JanusTokenizer.Load(Fixture.Text()), imageTokens: 4);

    // Ids of the reference generation case.
    private static readonly int[] Apple = [402, 408, 25, 220, 32, 268, 308, 83, 78, 288, 260, 392, 67, 375, 279, 260, 274, 342, 67, 275, 317, 13, 198, 198, 409, 25, 405];

    [Fact]
    public void Generation_GivesTheReferenceIds() => Prompts.Generation("A photo of a red apple on a wooden table.").ShouldBe(Apple);

    [Fact]
    public void Unconditional_PadsAllButTheEnds()
    {
        var twin = Prompts.Unconditional(Apple);
        twin.Length.ShouldBe(27);
        (twin[0], twin[26]).ShouldBe((402, 405));
        twin[1..26].ShouldAllBe(id => id == 404);
    }

    [Fact]
    public void Understanding_WidensThePlaceholder()
    {
        var prompt = Prompts.Understanding("What?");
        var start = Array.IndexOf(prompt.Ids, 405);
        prompt.Ids[start..(start + 6)].ShouldBe([405, 407, 407, 407, 407, 406]);
        prompt.Ids[^1].ShouldBe(25);
        prompt.ImageMask.Length.ShouldBe(prompt.Ids.Length);
        Enumerable.Range(0, prompt.Ids.Length).Where(i => prompt.ImageMask[i]).ShouldBe([start + 1, start + 2, start + 3, start + 4]);
    }

    [Fact]
    public void Understanding_OfTwoImages_HasTwoSlots()
    {
        var prompt = Prompts.Understanding("Which is brighter?", images: 2);
        prompt.ImageMask.Count(flag => flag).ShouldBe(8);
        prompt.Ids.Count(id => id == 405).ShouldBe(2);
    }
}
