using PairUni.Algorithms;
using PairUni.Data.Shapes;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Images;
using PairUni.Modeling.Sampling;

namespace PairUni.Learner.Eval;

/// <summary>
/// Examines a model on a suite: draws every prompt several times and judges the pixels, answers every question greedily, and gives
/// means with bootstrap intervals. The numbers depend on the model, the suite and the settings, not on how many devices take part.
/// </summary>
/// <remarks>
/// <code>
/// items --next index--> device loop 1..n --result at its index--> report
/// </code>
/// | part | produces | waits for | unblocked by |
/// | device loop | results | the next index | the shared counter, cancellation |
/// | Run | the report | all loops | the loops running out of items |
/// </remarks>
public static class Evaluator
{
    // Beside the training tasks 0 (generate) and 1 (understand): evaluation never reuses a training seed.
    private const int EvalTask = 2;

    private static readonly Func<RgbImage, GenEvalRecord, ShapeVerdict> Judge = ShapeJudge.Judge;

    /// <summary>Runs a whole suite.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name in the report.</param>
    /// <param name="suite">What to ask.</param>
    /// <param name="settings">How to sample.</param>
    /// <param name="loops">Devices that share the work, at least one.</param>
    /// <param name="time">Clock for the report's duration.</param>
    /// <param name="progress">Told after every prompt and question.</param>
    /// <param name="cancellation">Stops between items.</param>
    public static async Task<EvalReport> Run(
        IEvalModel model,
        string name,
        EvalSuite suite,
        EvalSettings settings,
        IReadOnlyList<DeviceLoop> loops,
        TimeProvider time,
        IProgress<EvalProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var start = time.GetTimestamp();
        var keptPrompts = FirstOfEach(suite.Prompts.Select(p => p.Record.Tag), settings.KeepPerTag);
        var keptQuestions = FirstOfEach(suite.Questions.Select(q => q.Tag), settings.KeepPerTag);
        var images = new EvalImage[suite.Prompts.Count][];
        var answers = new EvalAnswer[suite.Questions.Count];
        (bool IsPrompt, int[] Indices)[] batches =
        [
            .. Enumerable.Range(0, images.Length).Chunk(settings.Batch).Select(b => (true, b)),
            .. Enumerable.Range(0, answers.Length).Chunk(settings.Batch).Select(b => (false, b)),
        ];
        var next = -1;
        var done = 0;

        await Task.WhenAll(loops.Select(async loop =>
        {
            for (var i = Interlocked.Increment(ref next); i < batches.Length; i = Interlocked.Increment(ref next))
            {
                var (isPrompt, indices) = batches[i];
                await loop.Run(
                    () =>
                    {
                        if (isPrompt) Draw(model, suite, settings, indices, keptPrompts, images);
                        else Ask(model, suite, indices, keptQuestions, answers);
                    },
                    cancellation);
                progress?.Report(new(Interlocked.Add(ref done, indices.Length), images.Length + answers.Length));
            }
        }));

        return Report(name, suite, settings, images, answers, time.GetElapsedTime(start).TotalSeconds);
    }

    private static void Draw(
        IEvalModel model, EvalSuite suite, EvalSettings settings, int[] indices, HashSet<int> kept, EvalImage[][] images)
    {
        var drawn = model.Draw([.. indices.Select(i => (suite.Prompts[i].Record.Prompt, Seeds(settings, i)))]);
        for (var b = 0; b < indices.Length; b++)
        {
            var index = indices[b];
            var record = suite.Prompts[index].Record;
            images[index] = [.. drawn[b].Select((image, sample) =>
            {
                var verdict = Judge(image, record);
                return new EvalImage
                {
                    Tag = record.Tag,
                    Prompt = record.Prompt,
                    PromptIndex = index,
                    Sample = sample,
                    Permissive = verdict.Permissive,
                    Strict = verdict.Strict,
                    Dense = verdict.Dense,
                    Reason = verdict.Reason,
                    Png = kept.Contains(index) ? image.EncodePng() : default(ReadOnlyMemory<byte>),
                };
            })];
        }
    }

    private static void Ask(IEvalModel model, EvalSuite suite, int[] indices, HashSet<int> kept, EvalAnswer[] answers)
    {
        var completions = model.Answer([.. indices.Select(i => (suite.Questions[i].Image, suite.Questions[i].Question))]);
        for (var b = 0; b < indices.Length; b++)
        {
            var question = suite.Questions[indices[b]];
            answers[indices[b]] = new()
            {
                Tag = question.Tag,
                Question = question.Question,
                Expected = question.Answer,
                Completion = completions[b],
                Correct = AnswerMatch.Score(completions[b], question.Answer, AnswerOptions.Of(question.Question)) == 1,
                QuestionIndex = indices[b],
                Png = kept.Contains(indices[b]) ? question.Image.EncodePng() : default(ReadOnlyMemory<byte>),
            };
        }
    }

    private static ulong[] Seeds(EvalSettings settings, int prompt) =>
        [.. Enumerable.Range(0, settings.SamplesPerPrompt).Select(s => SampleSeed.Derive(settings.Seed, 0, prompt, EvalTask, s))];

    private static EvalReport Report(
        string name, EvalSuite suite, EvalSettings settings, EvalImage[][] images, EvalAnswer[] answers, double seconds)
    {
        var permissive = ByTag(images, i => i.Permissive);
        var strict = ByTag(images, i => i.Strict);
        var asked = answers.GroupBy(a => a.Tag).Select(g => (Tag: g.Key, Units: g.Select(Right).ToArray(), Count: g.Count())).ToArray();
        return new()
        {
            Suite = suite.Name,
            Model = name,
            Seed = (long)settings.Seed,
            Generate = [.. permissive.Select(t => Score(t.Tag, [t.Units], t.Count, settings))],
            GenerateOverall = Score("overall", [.. permissive.Select(t => t.Units)], permissive.Sum(t => t.Count), settings),
            GenerateStrict = [.. strict.Select(t => Score(t.Tag, [t.Units], t.Count, settings))],
            GenerateStrictOverall = Score("overall", [.. strict.Select(t => t.Units)], strict.Sum(t => t.Count), settings),
            Understand = [.. asked.Select(t => Score(t.Tag, [t.Units], t.Count, settings))],
            UnderstandOverall = Score("overall", [[.. answers.Select(Right)]], answers.Length, settings),
            Images = [.. images.SelectMany(i => i)],
            Answers = answers,
            Seconds = seconds,
        };
    }

    // A prompt is one unit: its samples are not independent of each other.
    private static (string Tag, double[] Units, int Count)[] ByTag(EvalImage[][] images, Func<EvalImage, bool> passes) =>
        [.. images
            .Where(i => i.Length > 0)
            .GroupBy(i => i[0].Tag)
            .Select(g => (g.Key, g.Select(i => i.Average(x => passes(x) ? 1.0 : 0)).ToArray(), g.Sum(i => i.Length)))];

    private static double Right(EvalAnswer answer) => answer.Correct ? 1 : 0;

    private static EvalScore Score(string tag, double[][] strata, int count, EvalSettings settings)
    {
        if (count == 0) return new(tag, 0, 0, 0, 0);
        var interval = Bootstrap.MeanOfMeans(strata, settings.Seed);
        return new(tag, interval.Mean, interval.Low, interval.High, count);
    }

    private static HashSet<int> FirstOfEach(IEnumerable<string> tags, int count) =>
        [.. tags.Select((tag, index) => (tag, index)).GroupBy(t => t.tag).SelectMany(g => g.Take(count).Select(t => t.index))];
}
