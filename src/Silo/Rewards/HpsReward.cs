using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;

namespace PairUni.Silo;

/// <summary>HPSv2.1: how well an image pleases people as a picture of its prompt, a cosine. Has a device thread of its own.</summary>
public sealed class HpsReward : IRewardModel, IAsyncDisposable
{
    private readonly HpsScorer _scorer;
    private readonly DeviceLoop _device;

    private HpsReward(HpsScorer scorer, DeviceLoop device) => (_scorer, _device) = (scorer, device);

    public string Name => "hps";

    /// <summary>Loads the model; takes seconds for the real one.</summary>
    /// <param name="path">HPS_v2.1_compressed.pt or its folder.</param>
    /// <param name="options">How it computes.</param>
    /// <param name="threads">Threads of its operators; 1 makes scores independent of the machine's load.</param>
    /// <exception cref="Modeling.ModelFileException">A file is missing or damaged, or they do not belong together.</exception>
    public static HpsReward Load(string path, HpsOptions options, int threads) =>
        new(HpsScorer.Load(path, options), new DeviceLoop("reward hps", options.Device ?? TorchSharp.torch.CPU, threads));

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken) => _device.Run(
        () =>
        {
            RgbImage[] images = [.. request.Samples.Select(sample => RgbImage.Decode(sample.Image.Span))];
            return _scorer.Score(images, [request.Spec.Prompt]).Select(scores => scores[0]).ToArray();
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _scorer.Dispose();
    }
}
