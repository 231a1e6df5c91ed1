using PairUni.Contracts;

namespace PairUni.Silo.Tests;

public class AnswerRewardTests
{
    [Fact]
    public async Task AnAnswer_IsWorth1_WhenItSaysTheLetterOrItsText()
    {
        var values = await new AnswerReward().Score(
            new()
            {
                Key = new("r", 1, 0, TaskKind.Understand),
                Mode = "",
                Spec = Specs.With(question: "What colour is the circle?\nA. red\nB. blue\nAnswer with the letter only.", answer: "B"),
                Samples = [Sample("B"), Sample("A"), Sample("blue"), Sample(""), Sample("B.")],
            },
            default);
        values.ShouldBe([1, 0, 1, 0, 1]);
    }

    private static GroupSample Sample(string text) => new()
    {
        Tokens = [1],
        LogpSampler = [0],
        LogpConditional = [0],
        Finished = true,
        Text = text,
        Image = default,
    };
}
