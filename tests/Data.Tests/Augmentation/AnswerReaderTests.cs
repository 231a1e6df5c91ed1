using PairUni.Data.Augmentation;
using PairUni.Data.Pools;

namespace PairUni.Data.Tests.Augmentation;

public sealed class AnswerReaderTests
{
    private const string Sound = """{"question": "What colour?", "options": {"A": "red", "B": "blue", "C": "green", "D": "black"}, "answer": "C"}""";
    private static readonly PoolSample Sample = new() { Id = "a", ImagePath = "a.png", Sha256 = new string('0', 64) };
    private static readonly string Digest = Inquiry.DigestOf(Sample);

    [Theory]
    [InlineData("""{"caption": " Three stars. ", "details": []}""")]
    [InlineData("```json\n{\"caption\": \"Three stars.\"}\n```\n")]
    public void ACaption_IsTaken_AlsoOutOfAFence(string answer) => AnswerReader.WithCaption(Sample, answer).Prompt.ShouldBe("Three stars.");

    [Fact]
    public void AQuestion_GetsItsOptionsInAnOrderOfTheSample_AndTheLetterGoesWithThem()
    {
        var letters = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            var read = AnswerReader.WithQuestion(Sample, Sound, Inquiry.DigestOf(Sample with { Id = $"{i}" }));
            read.Question.ShouldStartWith("What colour?\nA. ");
            read.Question.ShouldContain($"\n{read.Answer}. green\n");
            read.Question.ShouldEndWith("\nAnswer with one of the options.");
            letters.Add(read.Answer);
        }
        letters.Order().ShouldBe(["A", "B", "C", "D"]);
        AnswerReader.WithQuestion(Sample, Sound, Digest).ShouldBe(AnswerReader.WithQuestion(Sample, Sound, Digest));
    }

    [Theory]
    [InlineData("[]", "the answer is no JSON object")]
    [InlineData("{\"a\"", "the answer is no JSON")]
    [InlineData("""{"question": "What?\nA. red\nB. blue"}""", "\"question\" lists options itself")]
    [InlineData("""{"question": " "}""", "\"question\" is empty")]
    [InlineData("""{"question": "What?"}""", "there is no object \"options\"")]
    [InlineData("""{"question": "What?", "options": {"A": "red", "B": "Red", "C": "green", "D": "black"}, "answer": "A"}""", "two options are the same")]
    [InlineData("""{"question": "What?", "options": {"A": "red", "B": "blue", "C": "green"}, "answer": "A"}""", "there is no text \"D\"")]
    [InlineData("""{"question": "What?", "options": {"A": "red", "B": "blue", "C": "green", "D": "black"}, "answer": "red"}""", "\"answer\" is not A, B, C or D")]
    public void WhatIsMalformed_IsNamed(string answer, string problem) =>
        Should.Throw<FormatException>(() => AnswerReader.WithQuestion(Sample, answer, Digest)).Message.ShouldBe(problem);

    [Fact]
    public void AVerdict_NeedsBothFlags()
    {
        AnswerReader.Verdict("""{"reason": "no star", "contradiction": true, "sufficient": false}""").ShouldBe((true, false, "no star"));
        Should.Throw<FormatException>(() => AnswerReader.Verdict("""{"reason": "", "contradiction": "no", "sufficient": true}""")).Message.ShouldBe("\"contradiction\" is neither true nor false");
    }
}
