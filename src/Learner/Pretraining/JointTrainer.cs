using PairUni.Algorithms;
using PairUni.Data;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// Trains a Janus model by maximum likelihood on both tasks at once, with its image tokenizer frozen: the codes of images after their
/// captions, and the answers to questions about images.
/// </summary>
public sealed class JointTrainer(JanusPolicy policy, IPretrainingData data, JointTrainerSettings settings)
{
    private const int EncodeBatch = 64;
    private const double WordScale = 20; // of a cosine, as a logit

    private readonly long[][] _words =
        [.. data.Words.Select(words => words.Select(word => (long)policy.Tokenizer.Encode(" " + word, addBos: false)[0]).ToArray())];

    private (int[] Prompt, int[] Codes)[]? _bank;

    /// <summary>Draws the first weights of all but the image tokenizer.</summary>
    public void Initialise() => JanusInit.Apply(policy.Model, (long)settings.Seed);

    /// <summary>Runs one phase of the settings. It depends on the weights and the settings alone.</summary>
    /// <param name="phase">Index of the phase.</param>
    /// <param name="report">Told after every update.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public void Train(int phase, Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        var mix = settings.Phases[phase];
        using var head = new CellHead(policy.Config.Vision.Width, data, 1, settings.Seed + 1);
        using var optimizer = new AdamWOptimizer(
            [.. TrainableParameters.Select(policy.Model, ["gen_vision_model"]), .. head.Parameters], 0.9, settings.Beta2, 1e-8, settings.WeightDecay);
        var schedule = new LearningRateSchedule
        {
            Peak = mix.LearningRate,
            WarmupSteps = settings.WarmupSteps,
            TotalSteps = mix.DecaySteps > 0 ? mix.DecaySteps : mix.Steps,
            Decay = mix.Decay,
            FloorFraction = mix.FloorFraction,
        };
        for (var step = 0; step < mix.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            optimizer.ClearGradients();
            var values = Backward(mix, new(phase, step), head, cancellation);
            values["optim/grad_norm"] = optimizer.Step(schedule.At(step), settings.MaxGradNorm);
            values["optim/lr"] = schedule.At(step);
            report(new(step + 1, mix.Steps, values));
        }

        optimizer.ClearGradients();
    }

    private SortedDictionary<string, double> Backward(JointPhase mix, Place place, CellHead head, CancellationToken cancellation)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (mix.Drawings > 0)
        {
            var drawing = DrawingLoss(place, mix.Drawings, cancellation);
            values["loss/image"] = drawing.ToDouble();
            (drawing * mix.DrawingWeight).backward();
        }

        if (mix.Questions > 0)
        {
            var (answer, cells, words) = AnswerLosses([.. place.Indices(mix.Questions).Select(data.Answer)], head);
            values["loss/answer"] = answer.ToDouble();
            values["loss/cells"] = cells.ToDouble();
            values["loss/words"] = words.ToDouble();
            ((answer * settings.AnswerWeight) + (cells * settings.CellWeight) + (words * settings.WordWeight)).backward();
        }

        return values;
    }

    private Tensor DrawingLoss(Place place, int count, CancellationToken cancellation)
    {
        var random = new SeededRandom(settings.Seed, 1, place.Key);
        _bank ??= Encode([.. Enumerable.Range(0, settings.Bank).Select(i => (long)i)], cancellation);
        var chosen = settings.Bank > 0
            ? Enumerable.Range(0, count).Select(_ => _bank[random.Next(_bank.Length)])
            : Encode([.. place.Indices(count)], cancellation);
        ImageSequence[] sequences = [.. chosen.Select(c => new ImageSequence(
            random.NextDouble() < settings.DropCaption ? policy.Prompts.Unconditional(c.Prompt) : c.Prompt, [c.Codes]))];
        return TeacherForcing.ImageLogProbs(policy.Model, sequences).Logp_BT.mean().neg();
    }

    private (Tensor Answer, Tensor Cells, Tensor Words) AnswerLosses(AnswerExample[] examples, CellHead head)
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
        var features_BND = policy.Model.vision_model.forward(pixels_BCHW);
        return (answer, head.Loss(features_BND, examples.Select(e => e.Cells)), WordLoss(features_BND, examples));
    }

    // Cross-entropy of the cosine between an object's cell, as the language model gets it, and the embeddings of the words for it:
    // what is seen comes as if it were read, so that reading and seeing share what they learn.
    private Tensor WordLoss(Tensor features_BND, AnswerExample[] examples)
    {
        var cells_MD = F.normalize(policy.Model.aligner.forward(features_BND).flatten(0, 1), 2, 1);
        var labels_MA = CellHead.Labels(examples.Select(e => e.Cells), data.Attributes);
        var loss = zeros([]);
        for (var attribute = 0; attribute < data.Attributes; attribute++)
        {
            var words_KD = F.normalize(policy.Model.EmbedText(tensor(_words[attribute])).detach(), 2, 1);
            loss += F.cross_entropy(cells_MD.matmul(words_KD.t()) * WordScale, labels_MA.select(1, attribute), ignore_index: data.Classes - 1);
        }

        return loss;
    }

    private (int[] Prompt, int[] Codes)[] Encode(long[] indices, CancellationToken cancellation)
    {
        var encoded = new List<(int[], int[])>(indices.Length);
        using var untracked = no_grad();
        foreach (var batch in indices.Chunk(EncodeBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var examples = batch.Select(data.Drawing).ToArray();
            var images_BCHW = ImageTensor.FromImages([.. examples.Select(e => e.Image)]);
            var codes = policy.Model.gen_vision_model.Encode(images_BCHW).indices_BN.data<long>().ToArray();
            encoded.AddRange(examples.Zip(
                codes.Chunk(codes.Length / examples.Length),
                (e, c) => (policy.Prompts.Generation(e.Caption), c.Select(x => (int)x).ToArray())));
        }

        return [.. encoded];
    }

    /// <summary>Where in the training an update is; no two phases see the same examples.</summary>
    private readonly record struct Place(int Phase, int Step)
    {
        public ulong Key => (ulong)(((long)Phase << 42) + Step);

        public IEnumerable<long> Indices(int count)
        {
            var from = ((long)Phase << 42) + ((long)Step * count);
            return Enumerable.Range(0, count).Select(i => from + i);
        }
    }
}
