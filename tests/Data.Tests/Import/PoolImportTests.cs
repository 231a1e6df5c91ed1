using System.Security.Cryptography;
using PairUni.Data.Import;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Import;

public sealed class PoolImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PoolImportTests()
    {
        Directory.CreateDirectory(folder.At("src/animals"));
        foreach (var (name, level) in new[] { ("a", 10), ("b", 200), ("animals/c", 90) })
            RgbImage.Filled(20, 10, (byte)level, 50, 60).Save(folder.At($"src/{name}.png"));
    }

    [Fact]
    public void Jsonl_WithMappedFields_BecomesAPool()
    {
        var source = folder.File("src/d.jsonl", """
            {"key": 1, "file": "a.png", "meta": {"q": "How many?", "turns": ["x", "three"]}, "kind": "count"}
            {"key": 2, "file": "b.png", "meta": {"q": "Which?", "turns": ["x", "left"]}, "kind": null}
            """);
        var report = Import(source, SourceFormat.Jsonl, SampleTask.Understand, ["id=key", "image=file", "question=meta.q", "answer=meta.turns.1", "tag=kind?"]);
        (report.Samples, report.Images).ShouldBe((2, 2));
        var pool = PoolFile.Read(report.Path);
        (pool[0].Id, pool[0].Question, pool[0].Answer, pool[0].Tag, pool[0].Source).ShouldBe(("1", "How many?", "three", "count", $"{source}:1"));
        pool[1].Tag.ShouldBe("none");
        pool[0].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.At("src/a.png")))));
        File.ReadAllBytes(folder.At($"out/{pool[0].ImagePath}")).ShouldBe(File.ReadAllBytes(folder.At("src/a.png")));
        Directory.GetFiles(folder.At("out"), "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Llava_GivesASampleForEachQuestion_AndLeavesOutRecordsWithoutAnImage(bool array)
    {
        string[] records =
        [
            """{"id": "x", "image": "a.png", "conversations": [{"from": "human", "value": "<image>\nWhat?"}, {"from": "gpt", "value": "A cat."}, {"from": "human", "value": "Where?"}, {"from": "gpt", "value": "Left."}]}""",
            """{"id": "y", "conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hi."}]}""",
            """{"id": "z", "image": "b.png", "conversations": [{"from": "human", "value": "Describe it.\n<image>"}, {"from": "gpt", "value": "A dog."}]}""",
        ];
        var source = folder.File("src/d.json", array ? "[\n" + string.Join(",\n", records) + "\n]" : string.Join("\n", records));
        var report = Import(source, SourceFormat.Llava, SampleTask.Understand);
        (report.Samples, report.WithoutImage).ShouldBe((3, 1));
        var pool = PoolFile.Read(report.Path);
        pool.Select(sample => (sample.Id, sample.Question, sample.Answer)).ShouldBe([("x#1", "What?", "A cat."), ("x#2", "Where?", "Left."), ("z", "Describe it.", "A dog.")]);
        pool.Select(sample => sample.Source).ShouldBe(array ? [$"{source}:2", $"{source}:2", $"{source}:4"] : [$"{source}:1", $"{source}:1", $"{source}:3"]);
        PoolFile.Read(Import(source, SourceFormat.Llava, SampleTask.Generate).Path).Select(sample => sample.Prompt).ShouldBe(["A cat.", "A dog."]);
    }

    [Fact]
    public void Csv_BecomesAPool()
    {
        var source = folder.File("src/d.csv", "image,caption,id\n\"a.png\",\"red, mostly\",one\nb.png,blue,two\n");
        PoolFile.Read(Import(source, SourceFormat.Csv, SampleTask.Generate).Path).Select(sample => (sample.Id, sample.Prompt)).ShouldBe([("one", "red, mostly"), ("two", "blue")]);
    }

    [Fact]
    public void AFolderWithCaptions_BecomesAPool_WithFoldersAsTags()
    {
        foreach (var name in new[] { "a", "b", "animals/c" })
            folder.File($"src/{name}.txt", $"a photo of {name}\n");
        var pool = PoolFile.Read(Import(folder.At("src"), SourceFormat.Captions, SampleTask.Generate).Path);
        pool.Select(sample => (sample.Id, sample.Prompt, sample.Tag)).ShouldBe([("a", "a photo of a", ""), ("animals/c", "a photo of animals/c", "animals"), ("b", "a photo of b", "")]);
        File.Delete(folder.At("src/b.txt"));
        Import(folder.At("src"), SourceFormat.Captions, SampleTask.Generate).Problems.Single().ShouldBe($"{folder.At("src/b.png")}: the image has no caption beside it; write it to b.txt.");
    }

    [Theory]
    [InlineData("""{"id": "1", "image": "b.png", "prompt": "p"}""", "d.jsonl:2: the id \"1\" was given at {0}:1 already; give each sample an id of its own.")]
    [InlineData("""{"id": "2", "image": "none.png", "prompt": "p"}""", "d.jsonl:2: the image {1}/none.png does not exist; give the folder of the images with --images.")]
    [InlineData("""{"id": "2", "image": "d.jsonl", "prompt": "p"}""", "d.jsonl:2: {0}: The image is neither PNG, JPEG nor WebP")]
    [InlineData("""{"id": "2", "image": "animals", "prompt": "p"}""", "d.jsonl:2: {1}/animals: the image cannot be read (it is a folder); mend the path or its permissions.")]
    [InlineData("""{"id": "2", "image": "b\u0000.png", "prompt": "p"}""", "d.jsonl:2: the image's path has a zero byte in it; mend the path.")]
    [InlineData("""{"id": "2", "image": "b.png", "prompt": " "}""", "d.jsonl:2: the sample has no prompt; map the field that holds it with --map prompt=FIELD.")]
    [InlineData("""{"id": "2", "image": "b.png", "prompt": ["p"]}""", "d.jsonl:2: the field \"prompt\" is an array, but text is needed; map a field inside it, such as prompt.0.")]
    [InlineData("""{"id": "2", "image": "b.png",""", "d.jsonl:2: the line is broken JSON (near character 29).")]
    public void WhatIsWrong_IsToldWithFileAndLine_AndNothingIsImported_UnlessItIsToBeSkipped(string line, string expected)
    {
        var source = folder.File("src/d.jsonl", """{"id": "1", "image": "a.png", "prompt": "p"}""" + "\n" + line);
        var report = Import(source, SourceFormat.Jsonl, SampleTask.Generate);
        report.Problems.Single().ShouldStartWith(folder.At("src/") + string.Format(expected, source, folder.At("src")));
        report.Samples.ShouldBe(0);
        File.Exists(report.Path).ShouldBeFalse();
        var skipping = PoolImport.Run(new() { Source = source, Format = SourceFormat.Jsonl, Task = SampleTask.Generate, SkipBad = true }, folder.At("out"));
        (skipping.Samples, skipping.Problems.Count).ShouldBe((1, 1));
        File.ReadAllText(folder.At("out/skipped.txt")).ShouldBe(report.Problems[0] + "\n");
    }

    [Fact]
    public void AMappingThatNamesAMissingField_SaysWhichFieldsThereAre()
    {
        var source = folder.File("src/d.jsonl", """{"id": "1", "file": "a.png", "caption": "p"}""");
        Import(source, SourceFormat.Jsonl, SampleTask.Generate, ["image=path"]).Problems.Single()
            .ShouldBe($"{source}:1: there is no field \"path\", which image is mapped to; there are id, file, caption.");
        Should.Throw<DataFileException>(() => new FieldMap().Add("picture", "x", "--map")).Message.ShouldBe("--map: a sample has no part \"picture\"; map id, image, prompt, question, answer, tag, geneval.");
    }

    [Fact]
    public void AHugeImage_IsRefusedBeforeItTakesMemory()
    {
        var source = folder.File("src/d.jsonl", """{"id": "1", "image": "a.png", "prompt": "p"}""");
        PoolImport.Run(new() { Source = source, Format = SourceFormat.Jsonl, Task = SampleTask.Generate, MaxPixels = 199 }, folder.At("out")).Problems.Single()
            .ShouldBe($"{source}:1: {folder.At("src/a.png")}: The PNG is too large: 20 x 10 pixels exceed the limit of 199.");
    }

    [Fact]
    public void TheSameImageTwice_IsKeptOnce()
    {
        File.Copy(folder.At("src/a.png"), folder.At("src/again.png"));
        var source = folder.File("src/d.jsonl", """
            {"id": "1", "image": "a.png", "prompt": "p"}
            {"id": "2", "image": "again.png", "prompt": "q"}
            """);
        var report = Import(source, SourceFormat.Jsonl, SampleTask.Generate);
        (report.Samples, report.Images, Directory.GetFiles(folder.At("out/images")).Length).ShouldBe((2, 1, 1));
    }

    public void Dispose() => folder.Dispose();

    private ImportReport Import(string source, SourceFormat format, SampleTask task, string[]? map = null)
    {
        var fields = new FieldMap();
        foreach (var pair in map ?? [])
            fields.Add(pair.Split('=')[0], pair.Split('=')[1], "--map");
        return PoolImport.Run(new() { Source = source, Format = format, Task = task, Map = fields, Tag = map is null ? "" : "none" }, folder.At("out"));
    }
}
