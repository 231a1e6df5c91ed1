using PairUni.Data.PairUg;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.PairUg;

public class PairUgFileTests
{
    private const string Good =
        """{"similarity":0.88,"generate_ann":{"image_path":"images/a.png","prompt":"a photo of a “cat”","question":"Q?","answer":"B","tag":"geneval_train"},"understand_ann":{"image_path":"images/b.jpg","prompt":"p","question":"What?\nA. x\nB. y","answer":"A","tag":"detection"}}""";

    private const string Aligned =
        """{"generate_ann":{"image_path":"images/a.png","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q","answer":"A","extra":[1]},"source":"x"}""";

    [Fact]
    public void Read_GivesEveryField()
    {
        using var folder = Folder();
        var record = PairUgFile.Read(folder.File("d.jsonl", Good)).Single();
        (record.Similarity, record.Aligned).ShouldBe((0.88, false));
        record.Generate.ShouldBe(new PairSide { ImagePath = "images/a.png", Prompt = "a photo of a “cat”", Question = "Q?", Answer = "B", Tag = "geneval_train" });
        record.Understand.Question.ShouldBe("What?\nA. x\nB. y");
        record.Understand.Answer.ShouldBe("A");
    }

    [Fact]
    public void Read_AcceptsCrlfByteOrderMarkBlankLinesAndAMissingSimilarity()
    {
        using var folder = Folder();
        var records = PairUgFile.Read(folder.File("d.jsonl", "\uFEFF" + Good + "\r\n\r\n" + Aligned + "\r\n"));
        records.Count.ShouldBe(2);
        records[1].Similarity.ShouldBeNull();
        records[1].Aligned.ShouldBeTrue();
    }

    [Fact]
    public void Write_KeepsFieldsThatItDoesNotKnow()
    {
        using var folder = Folder();
        var path = folder.File("d.jsonl", Aligned);
        PairUgFile.Write(folder.At("e.jsonl"), PairUgFile.Read(path));
        var text = File.ReadAllText(folder.At("e.jsonl"));
        text.ShouldContain("\"extra\":[1]");
        text.ShouldContain("\"source\":\"x\"");
        PairUgFile.Read(folder.At("e.jsonl")).Single().Aligned.ShouldBeTrue();
        Directory.GetFiles(folder.Path, "*.tmp").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"similarity\":0.5,", "the line is broken JSON")]
    [InlineData("[1]", "must be a JSON object")]
    [InlineData("""{"generate_ann":{}}""", "\"generate_ann.image_path\" is missing or empty")]
    [InlineData("""{"similarity":1.2}""", "\"similarity\" is 1.2; it must be a number from 0 to 1")]
    [InlineData("""{"similarity":"high"}""", "\"similarity\" is \"high\"")]
    [InlineData("""{"understand_ann":{"image_path":"images/a.png"}}""", "\"generate_ann\" is missing")]
    [InlineData("""{"generate_ann":{"image_path":"images/a.png","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q"}}""", "\"understand_ann.answer\" is missing or empty")]
    [InlineData("""{"generate_ann":{"image_path":"images/a.png","prompt":7},"understand_ann":{}}""", "\"generate_ann.prompt\" must be text, not 7")]
    [InlineData("""{"generate_ann":{"image_path":"images/a.png","prompt":"p","geneval":{"tag":1}},"understand_ann":{}}""", "\"generate_ann.geneval\": this is no GenEval record")]
    [InlineData("""{"generate_ann":{"image_path":"../a.png","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q","answer":"A"}}""", "leaves the data folder")]
    [InlineData("""{"generate_ann":{"image_path":"/etc/passwd","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q","answer":"A"}}""", "leaves the data folder")]
    [InlineData("""{"generate_ann":{"image_path":"images/none.png","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q","answer":"A"}}""", "none.png does not exist")]
    [InlineData("""{"generate_ann":{"image_path":"images/bad.png","prompt":"p"},"understand_ann":{"image_path":"images/a.png","question":"q","answer":"A"}}""", "bad.png: ")]
    public void Read_OfABadLine_SaysWhatAndWhere(string line, string expected)
    {
        using var folder = Folder();
        var path = folder.File("d.jsonl", Good + "\n" + line);
        var error = Should.Throw<DataFileException>(() => PairUgFile.Read(path));
        error.Message.ShouldStartWith(path + ":2: ");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void Read_OfALinkThatLeavesTheFolder_IsRefused()
    {
        using var folder = Folder();
        using var outside = new TemporaryFolder();
        RgbImage.Filled(2, 2, 0, 0, 0).Save(outside.At("secret.png"));
        File.CreateSymbolicLink(folder.At("images/link.png"), outside.At("secret.png"));
        var path = folder.File("d.jsonl", Aligned.Replace("images/a.png", "images/link.png", StringComparison.Ordinal));
        Should.Throw<DataFileException>(() => PairUgFile.Read(path)).Message.ShouldContain("a link that leaves the data folder");
    }

    [Fact]
    public void Read_OfNoFileAnEmptyFileOrNoText_SaysSo()
    {
        using var folder = Folder();
        Should.Throw<DataFileException>(() => PairUgFile.Read(folder.At("none.jsonl"))).Message.ShouldContain("none.jsonl: the file cannot be read");
        Should.Throw<DataFileException>(() => PairUgFile.Read(folder.File("e.jsonl", "\n"))).Message.ShouldEndWith("the file holds no pairs.");
        File.WriteAllBytes(folder.At("b.jsonl"), [0x7B, 0xFF, 0xFE]);
        Should.Throw<DataFileException>(() => PairUgFile.Read(folder.At("b.jsonl"))).Message.ShouldContain("not UTF-8");
    }

    [Fact]
    public void Check_CountsAndCollectsEveryProblem()
    {
        using var folder = Folder();
        var bad = Aligned.Replace("images/a.png", "images/bad.png", StringComparison.Ordinal);
        var report = PairUgFile.Check(folder.File("d.jsonl", $"{Good}\n{{\n{Aligned}\n{bad}\n{{\"similarity\":-1}}\n"));
        (report.Pairs, report.Aligned, report.Retrieved, report.Images).ShouldBe((2, 1, 1, 2));
        (report.MinSimilarity, report.MeanSimilarity, report.MaxSimilarity).ShouldBe((0.88, 0.88, 0.88));
        report.GenerateTags.ShouldBe([KeyValuePair.Create("", 1), KeyValuePair.Create("geneval_train", 1)]);
        report.Sound.ShouldBeFalse();
        report.Problems.Count.ShouldBe(3);
        report.Problems[0].ShouldContain("d.jsonl:2: ");
        report.Problems[1].ShouldContain("d.jsonl:4: ");
        report.Problems[2].ShouldContain("d.jsonl:5: ");
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        folder.File("images/bad.png", "not an image");
        RgbImage.Filled(4, 4, 1, 2, 3).Save(folder.At("images/a.png"));
        RgbImage.Filled(4, 4, 1, 2, 3).Save(folder.At("images/b.jpg"));
        return folder;
    }
}
