using PairUni.Algorithms;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Vq;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

// B images, C code width, h x w codes of an image, M = B h w latents

/// <summary>
/// Trains a VQ image tokenizer (van den Oord et al. 2017): weighted L1 and L2 reconstruction, straight-through gradient, codebook and
/// commitment terms, and a cell classifier on the latents. It runs as a plain autoencoder first; the codebook then starts at k-means
/// centres of the latents, and codes that fall out of use are revived.
/// </summary>
public sealed class VqTrainer(VqModel model, IPretrainingData data, VqTrainerSettings settings)
{
    private const double BackgroundDistance = 0.05; // of a channel, pixels in -1..1
    private const double LatentScale = 6; // unit-length latents are small inputs for a linear layer
    private const int LatentBatch = 64;
    private const long EmptyKind = -1;
    private const long KMeansExamples = 1L << 40; // beyond any training step's

    /// <summary>Initialises the model and runs every update.</summary>
    /// <param name="report">Told after every update.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public void Train(Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        VqInit.Apply(model, (long)settings.Seed);
        using var head = new CellHead(model.quantize.embedding.weight.shape[1], data, LatentScale, settings.Seed + 1);
        using var optimizer = new AdamWOptimizer(
            [.. TrainableParameters.Select(model, []), .. head.Parameters], 0.9, settings.Beta2, 1e-8, 0);
        var steps = settings.PlainSteps + settings.CodeSteps;
        var schedule = new LearningRateSchedule
        {
            Peak = settings.LearningRate,
            WarmupSteps = settings.WarmupSteps,
            TotalSteps = steps,
            Decay = LearningRateDecay.Cosine,
            FloorFraction = settings.FloorFraction,
        };
        var usage = new CodeUsage((int)model.quantize.embedding.weight.shape[0], settings.Seed);

        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            if (step == settings.PlainSteps) StartCodebook();
            CellExample[] examples = [.. Enumerable.Range(0, settings.Batch).Select(i => data.Image(((long)step * settings.Batch) + i))];
            optimizer.ClearGradients();
            var values = Backward(examples, head, step, usage);
            values["optim/grad_norm"] = optimizer.Step(schedule.At(step), settings.MaxGradNorm);
            values["optim/lr"] = schedule.At(step);
            if (step >= settings.PlainSteps && settings.ReviveEvery > 0 && step % settings.ReviveEvery == 0) Revive(examples, usage);
            report(new(step + 1, steps, values));
        }

        optimizer.ClearGradients();
    }

    private SortedDictionary<string, double> Backward(CellExample[] examples, CellHead head, int step, CodeUsage usage)
    {
        var images_BCHW = ImageTensor.FromImages([.. examples.Select(e => e.Image)]);
        var latent_BChw = Latent(images_BCHW);
        var latent_BNC = latent_BChw.flatten(2).transpose(1, 2);
        var cells = head.Loss(latent_BNC, examples);
        var decoded_BChw = latent_BChw;
        var codes = zeros([]);
        if (step >= settings.PlainSteps)
        {
            var indices_BN = model.quantize.Nearest(latent_BChw.detach());
            var quantized_BChw = model.quantize.LookUp(indices_BN);
            usage.Count(indices_BN.cpu().data<long>().ToArray());
            codes = (F.mse_loss(latent_BChw, quantized_BChw.detach()) * settings.Commitment)
                + (F.mse_loss(quantized_BChw, latent_BChw.detach()) * settings.CodebookWeight);
            decoded_BChw = latent_BChw + (quantized_BChw - latent_BChw).detach();
        }

        var error_BCHW = model.DecodeMap(decoded_BChw) - images_BCHW;
        var foreground_B1HW = Foreground(images_BCHW);
        var weight_B1HW = (foreground_B1HW * settings.ForegroundWeight) + 1;
        var l1 = (weight_B1HW * error_BCHW.abs()).mean();
        var l2 = (weight_B1HW * error_BCHW.square()).mean();
        var anchor = Anchor(latent_BNC, examples);
        (l1 + l2 + codes + (cells * settings.CellWeight) + (anchor * settings.AnchorWeight)).backward();

        using var untracked = no_grad();
        return new(StringComparer.Ordinal)
        {
            ["loss/l1"] = l1.ToDouble(),
            ["loss/l2"] = l2.ToDouble(),
            ["loss/codes"] = codes.ToDouble(),
            ["loss/cells"] = cells.ToDouble(),
            ["loss/anchor"] = anchor.ToDouble(),
            ["error/foreground"] = ((foreground_B1HW * error_BCHW.abs()).sum() / (foreground_B1HW.sum() * 3)).ToDouble(),
            ["codes/alive"] = usage.Alive,
        };
    }

    // Mean over empty cells of 1 - cosine to the diagonal.
    private Tensor Anchor(Tensor latent_BNC, CellExample[] examples)
    {
        var empty_M = tensor(Objects(examples)).logical_not().to(latent_BNC.dtype);
        var cosine_M = latent_BNC.flatten(0, 1).sum(1) * Math.Pow(latent_BNC.shape[2], -0.5);
        return ((1 - cosine_M) * empty_M).sum() / empty_M.sum().clamp_min(1);
    }

    private bool[] Objects(IEnumerable<CellExample> examples) =>
        [.. examples.SelectMany(Kinds).Select(kind => kind != EmptyKind)];

    private void Revive(CellExample[] examples, CodeUsage usage)
    {
        using var untracked = no_grad();
        var latent_MC = Latent(ImageTensor.FromImages([.. examples.Select(e => e.Image)])).flatten(2).transpose(1, 2).flatten(0, 1);
        usage.Revive(model.quantize.embedding.weight, latent_MC, Objects(examples));
    }

    private Tensor Latent(Tensor images_BCHW) => F.normalize(model.quant_conv.forward(model.encoder.forward(images_BCHW)), 2, 1);

    private Tensor Foreground(Tensor images_BCHW)
    {
        using var untracked = no_grad();
        var background = (data.Background / 127.5) - 1;
        var differs_B1HW = (images_BCHW - background).abs().amax([1], keepdim: true).gt(BackgroundDistance).to(images_BCHW.dtype);
        return F.max_pool2d(differs_B1HW, 3, stride: 1, padding: 1);
    }

    // Codes for objects are shared out evenly over the kinds, so that no two kinds start with a code in common.
    private void StartCodebook()
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var (latents, kinds) = (new List<Tensor>(), new List<long>());
        for (long from = KMeansExamples; kinds.Count(k => k != EmptyKind) < settings.KMeansSamples; from += LatentBatch)
        {
            CellExample[] examples = [.. Enumerable.Range(0, LatentBatch).Select(i => data.Image(from + i))];
            latents.Add(Latent(ImageTensor.FromImages([.. examples.Select(e => e.Image)])).flatten(2).transpose(1, 2).flatten(0, 1));
            kinds.AddRange(examples.SelectMany(Kinds));
        }

        var (latent_MC, kind_M) = (cat(latents), tensor(kinds.ToArray()));
        var codebook_VC = model.quantize.embedding.weight;
        var forObjects = (int)codebook_VC.shape[0] - settings.EmptyCodes;
        codebook_VC.narrow(0, forObjects, settings.EmptyCodes).copy_(Centres(EmptyKind, settings.EmptyCodes));
        long[] present = [.. kinds.Where(k => k != EmptyKind).Distinct().Order()];
        for (var i = 0; i < present.Length; i++)
        {
            var (from, to) = (i * forObjects / present.Length, (i + 1) * forObjects / present.Length);
            if (to > from) codebook_VC.narrow(0, from, to - from).copy_(Centres(present[i], to - from));
        }

        Tensor Centres(long kind, int count) => SphericalKMeans.Centres(latent_MC[kind_M.eq(kind)], count, settings.KMeansRounds, settings.Seed);
    }

    // A number for each combination of labels.
    private IEnumerable<long> Kinds(CellExample example) => example.Labels.Chunk(data.Attributes)
        .Select(labels => labels[0] == data.Classes - 1 ? EmptyKind : labels.Aggregate(0L, (kind, label) => (kind * data.Classes) + label));
}
