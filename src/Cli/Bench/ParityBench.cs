using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using TorchSharp;

namespace PairUni.Cli.Bench;

/// <summary>
/// Draws images and answers token by token through the cache, scores them again in one teacher-forced pass, and compares: the
/// difference is what a ratio of probabilities would start from if it were taken to the sampler's own numbers.
/// </summary>
internal sealed class ParityBench(JanusPolicy policy, string dtype, TimeProvider time)
{
    /// <summary>Mean |difference| in nats up to which the sampler's own log-probabilities would do.</summary>
    public const double Target = 0.005;

    private const string Prompt = "a photo of a red circle left of a blue square";
    private const string Question = "Describe the image in detail.";
    private const double CfgWeight = 5;

    /// <param name="batch">Samples drawn together.</param>
    /// <param name="tokens">Image tokens and answer tokens to draw, at most.</param>
    public IEnumerable<ParityRow> Run(int batch, int tokens)
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        // Once before, so that what runs for the first time is not what is timed.
        _ = Images([1], Math.Min(tokens, 2)).Append(Answers([1], Math.Min(tokens, 2))).Count();
        ulong[] seeds = [.. Enumerable.Range(0, batch).Select(i => SampleSeed.Derive(1, 0, 0, 0, i))];
        return [.. Images(seeds, tokens), Answers(seeds, tokens)];
    }

    private IEnumerable<ParityRow> Images(ulong[] seeds, int tokens)
    {
        var limit = Math.Min(tokens, policy.Config.ImageTokens);
        var (drawn, decode) = Timed(() => ImageSampler.Sample(policy, Prompt, seeds, new() { CfgWeight = CfgWeight, MaxTokens = limit, Decode = false }));
        var sequence = new ImageSequence(policy.Prompts.Generation(Prompt), drawn.Tokens);
        var (conditional, plain) = Timed(() => Values(TeacherForcing.ImageLogProbs(policy.Model, [sequence])));
        var (guided, both) = Timed(() => Values(TeacherForcing.GuidedImageLogProbs(policy, [sequence], CfgWeight)));
        yield return Row("image, conditional", seeds.Length, drawn.LogpConditional, conditional, decode, plain);
        yield return Row("image, guided", seeds.Length, drawn.LogpSampler, guided, decode, both);
    }

    private ParityRow Answers(ulong[] seeds, int tokens)
    {
        var side = policy.Config.Vision.ImageSize;
        var bytes = new byte[side * side * 3];
        new Random(1).NextBytes(bytes);
        var image = new RgbImage(side, side, bytes);
        var (drawn, decode) = Timed(() => TextSampler.Sample(policy, image, Question, seeds, new() { Temperature = 1, MaxNewTokens = tokens }));
        var prompt = policy.Prompts.Understanding(Question);
        var sequence = new TextSequence(prompt.Ids, prompt.ImageMask, TextSampler.Pixels(policy, [image]), drawn.Tokens);
        var (scored, recompute) = Timed(() => Values(TeacherForcing.TextLogProbs(policy.Model, [sequence])));
        return Row("text", seeds.Length, drawn.Logp, scored, decode, recompute);
    }

    private ParityRow Row(string law, int batch, float[][] drawn, float[][] scored, double decode, double recompute)
    {
        double[] differences = [.. drawn.SelectMany((row, b) => row.Select((logp, t) => Math.Abs((double)logp - scored[b][t])))];
        return new(dtype, batch, law, differences.Length, differences.Average(), differences.Max(), decode, recompute);
    }

    private static float[][] Values(TokenLogProbs scored)
    {
        using var host = scored.Logp_BT.cpu().contiguous();
        return [.. host.data<float>().ToArray().Chunk((int)host.size(1))];
    }

    private (T Result, double Seconds) Timed<T>(Func<T> work)
    {
        var start = time.GetTimestamp();
        var result = work();
        return (result, time.GetElapsedTime(start).TotalSeconds);
    }
}
