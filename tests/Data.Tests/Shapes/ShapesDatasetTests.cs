using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

public class ShapesDatasetTests
{
    private static readonly ShapesDatasetOptions Few = new() { HeldOutPromptsPerTag = 3, HeldOutQuestions = 12 };

    [Fact]
    public void Write_MakesPairsThatReadBackSound()
    {
        using var folder = new TemporaryFolder();
        var report = ShapesDataset.Write(folder.Path, seed: 1, pairs: 60, Few);
        (report.Pairs, report.Aligned, report.Retrieved).ShouldBe((60, 18, 42));
        (report.Images, report.HeldOutPrompts, report.HeldOutQuestions).ShouldBe((18 + 84, 18, 12));
        var check = PairUgFile.Check(report.TrainPath);
        check.Sound.ShouldBeTrue();
        (check.Pairs, check.Aligned, check.Images).ShouldBe((60, 18, 102));
        check.MinSimilarity.ShouldBeGreaterThanOrEqualTo(0.6);
    }

    [Fact]
    public void EveryRecord_IsTrueOfItsImages()
    {
        using var folder = new TemporaryFolder();
        var path = ShapesDataset.Write(folder.Path, 2, 40, Few).TrainPath;
        var training = GenEvalTag.All.SelectMany(ShapePrompts.Default.Training).Select(record => record.Prompt).ToHashSet();
        foreach (var record in PairUgFile.Read(path))
        {
            var generate = RgbImage.Load(PairUgFile.ImageFile(path, record.Generate));
            var understand = RgbImage.Load(PairUgFile.ImageFile(path, record.Understand));
            ShapeJudge.Judge(generate, record.Generate.GenEval!).Strict.ShouldBeTrue(record.Generate.Prompt);
            training.ShouldContain(record.Generate.Prompt);
            training.ShouldContain(record.Understand.Prompt);
            record.Understand.Answer.Length.ShouldBe(1);
            record.Similarity!.Value.ShouldBe(ImageFeatures.Similarity(ImageFeatures.Extract(generate), ImageFeatures.Extract(understand)), 1e-5);
        }
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        using var third = new TemporaryFolder();
        ShapesDataset.Write(first.Path, 3, 20, Few);
        ShapesDataset.Write(second.Path, 3, 20, Few);
        ShapesDataset.Write(third.Path, 4, 20, Few);
        Contents(second).ShouldBe(Contents(first));
        Contents(third).ShouldNotBe(Contents(first));
    }

    [Fact]
    public void SeveralBlocks_MakeExactlyTheNumberAskedFor()
    {
        using var folder = new TemporaryFolder();
        var report = ShapesDataset.Write(folder.Path, 1, ShapePairBlock.MaxPairs + 7, Few);
        PairUgFile.Read(report.TrainPath, decodeImages: false).Count.ShouldBe(ShapePairBlock.MaxPairs + 7);
    }

    [Fact]
    public void WithAnUnreachableThreshold_FurtherImagesServeBothTasks()
    {
        using var folder = new TemporaryFolder();
        var report = ShapesDataset.Write(folder.Path, 1, 20, Few with { SimilarityThreshold = 0.9999999 });
        report.Pairs.ShouldBe(20);
        report.Aligned.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Write_OverOtherData_IsRefusedUnlessAllowed()
    {
        using var folder = new TemporaryFolder();
        folder.File("train.jsonl", "mine");
        Should.Throw<DataFileException>(() => ShapesDataset.Write(folder.Path, 1, 5, Few)).Message.ShouldContain("there is data already");
        File.ReadAllText(folder.At("train.jsonl")).ShouldBe("mine");
        ShapesDataset.Write(folder.Path, 1, 5, Few, overwrite: true).Pairs.ShouldBe(5);
    }

    [Fact]
    public void Write_WhereNoFolderCanBe_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("file", "");
        Should.Throw<DataFileException>(() => ShapesDataset.Write(Path.Combine(file, "data"), 1, 5, Few)).Message.ShouldContain("cannot be written");
    }

    [Fact]
    public void Ensure_MakesOnce_AndAgainWhenAskedForSomethingElse()
    {
        using var folder = new TemporaryFolder();
        var made = ShapesDataset.Ensure(folder.Path, 1, 10, Few);
        File.WriteAllText(folder.At("heldout/marker"), "");
        File.AppendAllText(folder.At("train.jsonl"), "\n");
        ShapesDataset.Ensure(folder.Path, 1, 10, Few).ShouldBe(made);
        File.ReadAllText(folder.At("train.jsonl")).ShouldEndWith("\n\n");
        ShapesDataset.Ensure(folder.Path, 1, 11, Few).Pairs.ShouldBe(11);
        File.ReadAllText(folder.At("train.jsonl")).ShouldNotEndWith("\n\n");
    }

    [Fact]
    public void HeldOut_ReadsBack_AndSharesNoPromptWithTraining()
    {
        using var folder = new TemporaryFolder();
        var report = ShapesDataset.Write(folder.Path, 5, 30, Few);
        var heldOut = ShapesDataset.ReadHeldOut(folder.Path);
        heldOut.Prompts.Count.ShouldBe(18);
        heldOut.Questions.Count.ShouldBe(12);
        var training = PairUgFile.Read(report.TrainPath).SelectMany(record => new[] { record.Generate.Prompt, record.Understand.Prompt }).ToHashSet();
        heldOut.Prompts.ShouldAllBe(record => !training.Contains(record.Prompt));
        heldOut.Questions.ShouldAllBe(question => RgbImage.Load(question.ImageFile).Width == 32);
        ShapesDataset.ReadHeldOut(report.HeldOutFolder).Prompts.Count.ShouldBe(18);
    }

    [Theory]
    [InlineData("prompts.jsonl", "{", "prompts.jsonl:1: this is no GenEval record")]
    [InlineData("prompts.jsonl", """{"tag":"colors","prompt":"x","include":[{"class":"dog","count":1}]}""", "prompts.jsonl:1: the class \"dog\"")]
    [InlineData("prompts.jsonl", "", "prompts.jsonl: the file is empty")]
    [InlineData("questions.jsonl", """{"question":"q"}""", "questions.jsonl:1: this is no question")]
    [InlineData("questions.jsonl", """{"image_path":"images/00000.png","question":"","answer":"A"}""", "questions.jsonl:1: a question needs")]
    [InlineData("questions.jsonl", """{"image_path":"images/x.png","question":"q","answer":"A"}""", "x.png does not exist")]
    public void HeldOut_WithABadLine_SaysWhatAndWhere(string file, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        ShapesDataset.Write(folder.Path, 5, 2, Few);
        folder.File("heldout/" + file, content);
        Should.Throw<DataFileException>(() => ShapesDataset.ReadHeldOut(folder.Path)).Message.ShouldContain(expected);
    }

    private static string Contents(TemporaryFolder folder) =>
        string.Join('\n', Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => Path.GetRelativePath(folder.Path, path) + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))));
}
