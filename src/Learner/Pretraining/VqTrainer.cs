using PairUni.Algorithms;
using PairUni.Data;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Vq;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

// B images, C channels or code width, h x w codes of an image

/// <summary>
/// Trains a VQ image tokenizer (van den Oord et al. 2017): weighted L1 and L2 reconstruction, straight-through gradient, codebook and
/// commitment terms. It runs as a plain autoencoder first; the codebook then starts at k-means centres of the latents, which keeps
/// it alive.
/// </summary>
public sealed class VqTrainer(VqModel model, VqTrainerSettings settings)
{
    private const double BackgroundDistance = 0.05; // of a channel, pixels in -1..1
    private const int LatentBatch = 64;

    /// <summary>Runs every update.</summary>
    /// <param name="image">Training image i, always the same for the same i.</param>
    /// <param name="background">Grey level of the background, 0..255, for the foreground weight.</param>
    /// <param name="report">Told after every update.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public void Train(Func<long, RgbImage> image, byte background, Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        var trainable = TrainableParameters.Select(model, []);
        using var optimizer = new AdamWOptimizer(trainable, 0.9, settings.Beta2, 1e-8, 0);
        var schedule = new LearningRateSchedule
        {
            Peak = settings.LearningRate,
            WarmupSteps = settings.WarmupSteps,
            TotalSteps = settings.Steps,
            Decay = LearningRateDecay.Cosine,
            FloorFraction = settings.FloorFraction,
        };
        var plainSteps = (int)(settings.Steps * settings.PlainShare);
        var cropSteps = (int)(settings.Steps * settings.CropShare);
        long next = 0;

        for (var step = 0; step < settings.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            if (step == plainSteps) StartCodebook(image, ref next);
            optimizer.ClearGradients();
            var images_BCHW = step < cropSteps
                ? Crops(Take(image, settings.Batch * 2, ref next), step)
                : Take(image, settings.Batch, ref next);
            var losses = Losses(images_BCHW, (background / 127.5) - 1, isQuantized: step >= plainSteps);
            losses.Total.backward();
            var norm = optimizer.Step(schedule.At(step), settings.MaxGradNorm);
            report(new(step + 1, settings.Steps, new Dictionary<string, double>
            {
                ["loss/l1"] = losses.L1.ToDouble(),
                ["loss/l2"] = losses.L2.ToDouble(),
                ["loss/codes"] = losses.Codes?.ToDouble() ?? 0,
                ["codes/used"] = losses.Used,
                ["optim/grad_norm"] = norm,
                ["optim/lr"] = schedule.At(step),
            }));
        }

        optimizer.ClearGradients();
    }

    private (Tensor Total, Tensor L1, Tensor L2, Tensor? Codes, long Used) Losses(Tensor images_BCHW, double background, bool isQuantized)
    {
        var latent_BCHW = Latent(images_BCHW);
        Tensor? codes = null;
        long used = 0;
        var decoded_BCHW = latent_BCHW;
        if (isQuantized)
        {
            var indices_BN = model.quantize.Nearest(latent_BCHW.detach());
            var quantized_BCHW = model.quantize.LookUp(indices_BN);
            var width = latent_BCHW.shape[1];
            codes = ((F.mse_loss(quantized_BCHW, latent_BCHW.detach()) + (F.mse_loss(latent_BCHW, quantized_BCHW.detach()) * settings.Commitment))
                * width);
            used = indices_BN.flatten().unique().output.shape[0];
            decoded_BCHW = latent_BCHW + (quantized_BCHW - latent_BCHW).detach();
        }

        var error_BCHW = model.DecodeMap(decoded_BCHW) - images_BCHW;
        var weight_B1HW = Foreground(images_BCHW, background) * settings.ForegroundWeight + 1;
        var l1 = (weight_B1HW * error_BCHW.abs()).mean();
        var l2 = (weight_B1HW * error_BCHW.square()).mean();
        var total = codes is null ? l1 + l2 : l1 + l2 + codes;
        return (total, l1, l2, codes, used);
    }

    private Tensor Latent(Tensor images_BCHW) => F.normalize(model.quant_conv.forward(model.encoder.forward(images_BCHW)), 2, 1);

    private static Tensor Foreground(Tensor images_BCHW, double background)
    {
        using var untracked = no_grad();
        var differs_B1HW = (images_BCHW - background).abs().amax([1], keepdim: true).gt(BackgroundDistance).to(images_BCHW.dtype);
        return F.max_pool2d(differs_B1HW, 3, stride: 1, padding: 1);
    }

    private void StartCodebook(Func<long, RgbImage> image, ref long next)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        for (long count = 0; count < settings.KMeansSamples; count += rows[^1].shape[0])
        {
            var latent_BCHW = Latent(Take(image, LatentBatch, ref next));
            rows.Add(latent_BCHW.permute(0, 2, 3, 1).reshape(-1, latent_BCHW.shape[1]));
        }

        var codebook_KC = model.quantize.embedding.weight;
        codebook_KC.copy_(SphericalKMeans.Centres(cat(rows), (int)codebook_KC.shape[0], settings.KMeansRounds, settings.Seed));
    }

    private static Tensor Take(Func<long, RgbImage> image, int count, ref long next)
    {
        var from = next;
        next += count;
        return ImageTensor.FromImages([.. Enumerable.Range(0, count).Select(i => image(from + i))]);
    }

    // One quadrant of each image; the cut falls between codes.
    private Tensor Crops(Tensor images_BCHW, int step)
    {
        var random = new SeededRandom(settings.Seed, 3, (ulong)step);
        var (height, width) = (images_BCHW.shape[2] / 2, images_BCHW.shape[3] / 2);
        return images_BCHW.narrow(2, random.Next(2) * height, height).narrow(3, random.Next(2) * width, width).contiguous();
    }
}
