using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Data.Pools;

namespace PairUni.Data.Tests.Pairing;

public class PoolPairsTests
{
    [Fact]
    public void Pairs_AreAlignedWhereASampleHasBoth_AndRetrievedElsewhere()
    {
        var (understand, generate) = (Pool("u", 60, question: true, prompt: i => i % 3 == 0), Pool("g", 60, question: false, prompt: _ => true));
        var records = Make(understand, generate, new() { Aligned = 6, Threshold = 0.5 });
        var aligned = records.Where(record => record.Aligned).ToArray();
        aligned.Length.ShouldBeInRange(3, 6);
        aligned.ShouldAllBe(record => record.Similarity == 1 && record.Generate.Prompt != "" && record.Understand.Question != "");
        var retrieved = records.Skip(aligned.Length).ToArray();
        retrieved.ShouldAllBe(record => record.Similarity >= 0.5 && record.Generate.ImagePath.StartsWith("g/") && record.Understand.ImagePath.StartsWith("u/"));
        retrieved.Select(record => record.Similarity).ShouldBeInOrder(SortDirection.Descending);
        records.SelectMany(record => new[] { record.Generate.ImagePath, record.Understand.ImagePath }.Distinct()).ShouldBeUnique();
        Make(understand, generate, new() { Aligned = 6, Threshold = 0.5 }).Select(r => (r.Similarity, r.Generate.ImagePath, r.Understand.ImagePath))
            .ShouldBe(records.Select(r => (r.Similarity, r.Generate.ImagePath, r.Understand.ImagePath)));
    }

    [Fact]
    public void AThresholdThatLeavesNoPair_NamesTheLargestSimilarity()
    {
        var (understand, generate) = (Pool("u", 20, true, _ => false), Pool("g", 20, false, _ => true));
        Should.Throw<DataFileException>(() => Make(understand, generate, new() { Aligned = 0, Threshold = 0.9999 })).Message
            .ShouldMatch(@"^no image of one pool has a similarity of 1 or more .*\(the largest of all is 0\.\d{3}\); lower --threshold\.$");
        Should.Throw<DataFileException>(() => Make(generate, understand, new())).Message.ShouldStartWith("the sample \"g0\" (here) has no question with its answer; ");
    }

    [Fact]
    public void AnImageOfBothPools_BecomesOneSampleThatCanDoBoth()
    {
        var (understand, generate) = (Pool("u", 4, true, _ => false), Pool("g", 3, false, _ => true));
        understand[2] = understand[2] with { Sha256 = "same" };
        generate[1] = generate[1] with { Sha256 = "same" };
        var (u, g) = PoolPairs.Merge([.. understand.Select((s, i) => s with { Sha256 = s.Sha256 + (i == 2 ? "" : $"u{i}") })], [.. generate.Select((s, i) => s with { Sha256 = s.Sha256 + (i == 1 ? "" : $"g{i}") })]);
        u.Select(sample => (sample.Id, sample.Prompt)).ShouldBe([("u0", ""), ("u1", ""), ("u2", "prompt 1"), ("u3", "")]);
        g.Select(sample => sample.Id).ShouldBe(["g0", "g2"]);
    }

    [Fact]
    public void WithTexts_TheCosineIsTheWeightedMeanOfBoth()
    {
        var images = FeatureMatrix.Of([[1, 0], [0.6f, 0.8f]]);
        var texts = FeatureMatrix.Of([[0, 1, 0], [0, 0.5f, 0.8660254f]]);
        var joined = Data.Features.TextFeatures.Join(images, texts, 0.25);
        VectorMath.Dot(joined[0], joined[1]).ShouldBe((0.75f * 0.6f) + (0.25f * 0.5f), 1e-6f);
    }

    [Fact]
    public void Balanced_EveryTagGetsAsManyAsTheOthers_UntilItHasNoMore()
    {
        RetrievedPair[] pairs = [.. Enumerable.Range(0, 20).Select(i => new RetrievedPair(i, i, 1 - (i / 100.0)))];
        static string Tag(RetrievedPair pair) => pair.Generate switch { < 14 => "many", < 18 => "some", _ => "few" };
        var chosen = TagBalance.Choose(pairs, Tag, 10);
        chosen.GroupBy(Tag).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(new Dictionary<string, int> { ["many"] = 4, ["some"] = 4, ["few"] = 2 }, ignoreOrder: true);
        chosen.Where(pair => Tag(pair) == "many").Select(pair => pair.Generate).ShouldBe([0, 1, 2, 3]);
        TagBalance.Choose(pairs, Tag, 30).ShouldBe(pairs);
    }

    private static IReadOnlyList<PairRecord> Make(IReadOnlyList<PoolSample> understand, IReadOnlyList<PoolSample> generate, PairingOptions options) =>
        PoolPairs.Make(understand, generate, pool => MadeUpFeatures.Of(pool.Count, 32, 5, 1.0, pool[0].Id[0]), (sample, _) => sample.ImagePath, options);

    private static PoolSample[] Pool(string name, int count, bool question, Func<int, bool> prompt) =>
        [.. Enumerable.Range(0, count).Select(i => new PoolSample
        {
            Id = $"{name}{i}",
            ImagePath = $"{name}/{i}.png",
            Sha256 = "",
            Question = question ? "Q?" : "",
            Answer = question ? "A" : "",
            Prompt = prompt(i) ? $"prompt {i}" : "",
            Source = "here",
        })];
}
