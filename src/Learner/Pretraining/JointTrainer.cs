using PairUni.Data;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// Trains a Janus model by maximum likelihood on both tasks at once, with its image tokenizer frozen: the codes of images after their
/// captions, and the answers to questions about images.
/// </summary>
public sealed class JointTrainer(JanusPolicy policy, IPretrainingData data, JointTrainerSettings settings)
{
    private const int EncodeBatch = 64;
    private const long AfterSight = 1L << 40; // the second phase does not repeat the first one's images

    /// <summary>Initialises all but the image tokenizer and runs every update.</summary>
    /// <param name="report">Told after every update.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public void Train(Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        JanusInit.Apply(policy.Model, (long)settings.Seed);
        using var head = new CellHead(policy.Config.Vision.Width, data, 1, settings.Seed + 1);
        using var optimizer = new AdamWOptimizer(
            [.. TrainableParameters.Select(policy.Model, ["gen_vision_model"]), .. head.Parameters], 0.9, settings.Beta2, 1e-8, settings.WeightDecay);
        var schedule = new Algorithms.LearningRateSchedule
        {
            Peak = settings.LearningRate,
            WarmupSteps = settings.WarmupSteps,
            TotalSteps = settings.Steps,
            Decay = settings.Decay,
            FloorFraction = settings.FloorFraction,
        };
        var bank = settings.Bank > 0 ? Encode(0, settings.Bank, cancellation) : [];

        for (var step = 0; step < settings.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            optimizer.ClearGradients();
            var drawing = DrawingLoss(step, bank, cancellation);
            drawing.backward();
            var isFirstPhase = step < settings.FirstPhaseSteps;
            var (answer, cells) = AnswerLosses(Examples(step, isFirstPhase), head);
            ((answer * settings.AnswerWeight) + (cells * settings.CellWeight)).backward();
            var lookUp = isFirstPhase ? LookUpLoss(step) : null;
            lookUp?.backward();
            var norm = optimizer.Step(schedule.At(step), settings.MaxGradNorm);
            report(new(step + 1, settings.Steps, new Dictionary<string, double>
            {
                ["loss/image"] = drawing.ToDouble(),
                ["loss/answer"] = answer.ToDouble(),
                ["loss/cells"] = cells.ToDouble(),
                ["loss/look_up"] = lookUp?.ToDouble() ?? 0,
                ["optim/grad_norm"] = norm,
                ["optim/lr"] = schedule.At(step),
            }));
        }

        optimizer.ClearGradients();
    }

    private Tensor DrawingLoss(int step, (int[] Prompt, int[] Codes)[] bank, CancellationToken cancellation)
    {
        var random = new SeededRandom(settings.Seed, 1, (ulong)step);
        var chosen = bank.Length > 0
            ? Enumerable.Range(0, settings.Drawings).Select(_ => bank[random.Next(bank.Length)])
            : Encode((long)step * settings.Drawings, settings.Drawings, cancellation);
        ImageSequence[] sequences = [.. chosen.Select(c => new ImageSequence(
            random.NextDouble() < settings.DropCaption ? policy.Prompts.Unconditional(c.Prompt) : c.Prompt, [c.Codes]))];
        return TeacherForcing.ImageLogProbs(policy.Model, sequences).Logp_BT.mean().neg();
    }

    private AnswerExample[] Examples(int step, bool isFirstPhase)
    {
        var count = isFirstPhase ? settings.SightQuestions : settings.Questions;
        var indices = Enumerable.Range(0, count).Select(i => ((long)step * count) + i);
        return [.. isFirstPhase ? indices.Select(data.Sight) : indices.Select(i => data.Answer(AfterSight + i))];
    }

    private Tensor LookUpLoss(int step)
    {
        var sequences = Enumerable.Range(0, settings.LookUps).Select(i =>
        {
            var (question, answer) = data.LookUp(((long)step * settings.LookUps) + i);
            var prompt = ChatTemplate.Format([new(SpecialTokenNames.User, question), new(SpecialTokenNames.Assistant, "")]);
            return new TextSequence(policy.Tokenizer.Encode(prompt), [], null, [policy.Tokenizer.Encode(" " + answer, addBos: false)]);
        });
        var scored = TeacherForcing.TextLogProbs(policy.Model, [.. sequences]);
        return (scored.Logp_BT * scored.Mask_BT).sum().neg() / settings.LookUps;
    }

    private (Tensor Answer, Tensor Cells) AnswerLosses(AnswerExample[] examples, CellHead head)
    {
        var pixels_BCHW = TextSampler.Pixels(policy, [.. examples.Select(e => e.Cells.Image)]);
        var sequences = examples.Select((e, i) =>
        {
            var prompt = policy.Prompts.Understanding(e.Question);
            int[] tokens = [.. policy.Tokenizer.Encode(" " + e.Answer, addBos: false), policy.Tokenizer.EosId];
            return new TextSequence(prompt.Ids, prompt.ImageMask, pixels_BCHW.narrow(0, i, 1), [tokens]);
        });
        var scored = TeacherForcing.TextLogProbs(policy.Model, [.. sequences]);
        var answer = ((scored.Logp_BT * scored.Mask_BT).sum(1) / scored.Mask_BT.sum(1)).mean().neg();
        return (answer, head.Loss(policy.Model.vision_model.forward(pixels_BCHW), examples.Select(e => e.Cells)));
    }

    private (int[] Prompt, int[] Codes)[] Encode(long from, int count, CancellationToken cancellation)
    {
        var encoded = new List<(int[], int[])>(count);
        using var untracked = no_grad();
        for (var start = 0; start < count; start += EncodeBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var examples = Enumerable.Range(start, Math.Min(EncodeBatch, count - start)).Select(i => data.Drawing(from + i)).ToArray();
            var images_BCHW = ImageTensor.FromImages([.. examples.Select(e => e.Image)]).to(policy.Model.Dtype, policy.Model.Device);
            var codes = policy.Model.gen_vision_model.Encode(images_BCHW).indices_BN.cpu().data<long>().ToArray();
            encoded.AddRange(examples.Zip(
                codes.Chunk(codes.Length / examples.Length),
                (e, c) => (policy.Prompts.Generation(e.Caption), c.Select(x => (int)x).ToArray())));
        }

        return [.. encoded];
    }
}
