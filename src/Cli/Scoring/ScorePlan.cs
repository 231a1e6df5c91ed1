using PairUni.Contracts;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Scoring;

/// <summary>Which images are to be scored with which prompts.</summary>
internal sealed record ScorePlan
{
    private readonly Func<HpsScorer, RgbImage[], string[], int, IEnumerable<ImageScore>> _score;

    private ScorePlan(IReadOnlyList<string> images, IReadOnlyList<string> prompts, Func<HpsScorer, RgbImage[], string[], int, IEnumerable<ImageScore>> score) =>
        (Images, Prompts, _score) = (images, prompts, score);

    /// <summary>Paths of the image files.</summary>
    public IReadOnlyList<string> Images { get; }

    public IReadOnlyList<string> Prompts { get; }

    /// <summary>Every image with every prompt.</summary>
    public static ScorePlan OfAll(IReadOnlyList<string> images, IReadOnlyList<string> prompts) => new(
        images,
        prompts,
        (scorer, pixels, paths, _) => scorer.Score(pixels, prompts).Zip(paths)
            .SelectMany(row => row.First.Zip(prompts, (score, prompt) => new ImageScore(row.Second, prompt, score))));

    /// <summary>The pairs of a file, line by line.</summary>
    public static ScorePlan OfPairs(string file)
    {
        var pairs = ImagePromptFile.Read(file);
        string[] prompts = [.. pairs.Select(pair => pair.Prompt)];
        return new(
            [.. pairs.Select(pair => pair.Image)],
            prompts,
            (scorer, pixels, paths, start) =>
            {
                var its = prompts[start..(start + paths.Length)];
                return scorer.ScorePairs(pixels, its).Select((score, i) => new ImageScore(paths[i], its[i], score));
            });
    }

    /// <exception cref="UserErrorException">An image file is not there: better now than after minutes.</exception>
    public void CheckImages()
    {
        if (Images.FirstOrDefault(image => !File.Exists(image)) is { } missing)
            throw new UserErrorException($"{missing}: there is no such image file");
    }

    /// <summary>The scores in the order of the plan, a batch of images in memory at a time.</summary>
    public IReadOnlyList<ImageScore> Score(HpsScorer scorer, int batch, Action<int> done, CancellationToken cancellation)
    {
        var scores = new List<ImageScore>();
        for (var start = 0; start < Images.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] paths = [.. Images.Skip(start).Take(batch)];
            scores.AddRange(_score(scorer, [.. paths.Select(RgbImage.Load)], paths, start));
            done(start + paths.Length);
        }

        return scores;
    }
}
