using PairUni.Algorithms;
using PairUni.Cli.Config;
using PairUni.Cli.Output;
using PairUni.Cli.RunFiles;
using PairUni.Contracts.Options;
using PairUni.Learner.Eval;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Tests;

/// <summary>Writes a run's folder with invented numbers and drawings, for tests of what reads such folders.</summary>
internal static class MadeUpRun
{
    public static readonly string[] Tags = ["single_object", "two_object", "counting", "colors", "position", "color_attr"];
    private static readonly string[] Kinds = ["shape", "colour", "count", "position", "which"];
    private static readonly (byte R, byte G, byte B)[] Colours = [(220, 30, 30), (30, 160, 60), (40, 80, 220), (240, 205, 30)];
    private static readonly string[] Names = ["red", "green", "blue", "yellow"];

    public static void Write(string folder, int steps = 60, int promptsPerTag = 8, int samples = 2, int questions = 100, int[]? evals = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "command.txt"), "pairuni train configs/default.yaml --name made-up --set run.seed=1\n");
        File.WriteAllText(Path.Combine(folder, "config.resolved.yaml"), ResolvedConfig.Write(new RunOptions()));
        EnvironmentFile.Write(Path.Combine(folder, "environment.json"), TimeProvider.System);
        Metrics(folder, steps);
        foreach (var step in evals ?? [0, steps / 2, steps])
            EvalFolder.Write(EvalFolder.PathOf(folder, step), Report(step, step / (double)steps, promptsPerTag, samples, questions));
    }

    /// <param name="step">Steps trained.</param>
    /// <param name="progress">0 at the start, 1 at the end: the share of passes goes from 0.45 to 0.63, of right answers from 0.62 to 0.68.</param>
    /// <param name="promptsPerTag">Prompts of each tag.</param>
    /// <param name="samples">Images of each prompt.</param>
    /// <param name="questions">Questions.</param>
    public static EvalReport Report(int step, double progress, int promptsPerTag, int samples, int questions)
    {
        var images = new List<EvalImage>();
        for (var prompt = 0; prompt < Tags.Length * promptsPerTag; prompt++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var random = new Random(prompt * 100 + sample);
                var pass = random.NextDouble() < 0.45 + 0.18 * progress;
                images.Add(new EvalImage
                {
                    Tag = Tags[prompt / promptsPerTag],
                    Prompt = $"a photo of a {Names[prompt % 4]} circle and a {Names[(prompt + 1) % 4]} square",
                    PromptIndex = prompt,
                    Sample = sample,
                    Permissive = pass,
                    Strict = pass && random.NextDouble() < 0.8,
                    Dense = pass ? 1 : 0.5,
                    Reason = pass ? "" : "no square was found",
                    Png = Drawing(prompt % 4, pass ? (prompt + 1) % 4 : -1, prompt % 3),
                });
            }
        }

        var answers = Enumerable.Range(0, questions).Select(i => new EvalAnswer
        {
            Tag = Kinds[i % Kinds.Length],
            Question = "What colour is the circle?\nA. red\nB. green\nC. blue\nD. yellow\nAnswer with the letter only.",
            Expected = "ABCD"[i % 4].ToString(),
            Completion = "ABCD"[new Random(i).NextDouble() < 0.62 + 0.06 * progress ? i % 4 : (i + 1) % 4].ToString(),
            Correct = new Random(i).NextDouble() < 0.62 + 0.06 * progress,
            QuestionIndex = i,
            Png = Drawing(i % 4, (i + 2) % 4, i % 3),
        }).ToArray();
        var perTag = Tags.Select(t => Score(t, [.. images.Where(i => i.Tag == t).Select(i => i.Permissive)])).ToArray();
        return new EvalReport
        {
            Suite = "shapes",
            Model = $"made-up at step {step}",
            Seed = 1,
            Images = images,
            Answers = answers,
            Generate = perTag,
            GenerateOverall = Score("overall", [.. images.Select(i => i.Permissive)]),
            GenerateStrictOverall = Score("overall", [.. images.Select(i => i.Strict)]),
            Understand = [.. Kinds.Select(k => Score(k, [.. answers.Where(a => a.Tag == k).Select(a => a.Correct)]))],
            UnderstandOverall = Score("overall", [.. answers.Select(a => a.Correct)]),
            Seconds = 12.5,
        };
    }

    private static EvalScore Score(string tag, bool[] passes)
    {
        var interval = Bootstrap.Mean([.. passes.Select(p => p ? 1.0 : 0)], 1);
        return new EvalScore(tag, interval.Mean, interval.Low, interval.High, passes.Length);
    }

    private static void Metrics(string folder, int steps)
    {
        using var file = MetricsFile.Open(Path.Combine(folder, "metrics.jsonl"), 0);
        var random = new Random(7);
        double Noise(double size) => (random.NextDouble() - 0.5) * size;
        for (var step = 1; step <= steps; step++)
        {
            var done = step / (double)steps;
            file.Append(step, new Dictionary<string, double>
            {
                ["reward/mean"] = 0.55 + 0.12 * done + Noise(0.08),
                ["generate/reward/mean"] = 0.48 + 0.18 * done + Noise(0.08),
                ["understand/reward/mean"] = 0.62 + 0.06 * done + Noise(0.12),
                ["generate/reward/std"] = 0.3 + Noise(0.05),
                ["understand/reward/std"] = 0.25 + Noise(0.05),
                ["generate/reward/zero_std_frac"] = 0.05 + Math.Abs(Noise(0.1)),
                ["understand/reward/zero_std_frac"] = 0.4 + Noise(0.2),
                ["kl"] = 0.01 * done * done,
                ["generate/entropy"] = 3.1 - 0.5 * done,
                ["understand/entropy"] = 0.6 - 0.2 * done,
                ["kl/sampler"] = 1e-7,
                ["clip_frac"] = 0,
                ["optim/grad_norm"] = 0.8 + Noise(0.3),
                ["optim/lr"] = 5e-5 * Math.Min(1, step / 5.0),
                ["policy/lag/mean"] = 0,
                ["policy/lag/max"] = 0,
                ["pair/weight/mean"] = 0.93 + Noise(0.02),
                ["completion/length/mean"] = 2,
                ["completion/truncated_frac"] = 0,
                ["time/step"] = 2.1 + Noise(0.3),
                ["time/wait_for_batch"] = 1.3 + Noise(0.2),
                ["time/publish"] = 0.02,
                ["perf/tokens_per_second"] = 5200 + Noise(100),
                ["perf/images_per_second"] = 73 + Noise(4),
            });
        }
    }

    private static byte[] Drawing(int circle, int square, int place)
    {
        const int Size = 64;
        var pixels = new byte[Size * Size * 3];
        Array.Fill(pixels, (byte)238);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var (cx, cy) = (x - 16, y - 16 - 8 * place);
                if (circle >= 0 && cx * cx + cy * cy < 49)
                    Paint(pixels, (y * Size + x) * 3, Colours[circle]);
                if (square >= 0 && Math.Abs(x - 46) < 7 && Math.Abs(y - 44 + 8 * place) < 7)
                    Paint(pixels, (y * Size + x) * 3, Colours[square]);
            }
        }

        return new RgbImage(Size, Size, pixels).EncodePng();
    }

    private static void Paint(byte[] pixels, int at, (byte R, byte G, byte B) colour) =>
        (pixels[at], pixels[at + 1], pixels[at + 2]) = colour;
}
