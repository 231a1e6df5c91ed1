using System.Globalization;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Bench;

/// <summary>
/// The least time of a token: every weight that a step uses is read once, as fast as this machine reads memory. The cache is left out;
/// it is small beside the weights for the batches measured here.
/// </summary>
/// <param name="Bytes">Weights that a step reads.</param>
/// <param name="BytesPerSecond">What summing a large tensor reads.</param>
internal sealed record MemoryFloor(long Bytes, double BytesPerSecond)
{
    private const long ProbeValues = 64 << 20;
    private const int Probes = 4;

    private static readonly string[] ReadEachStep = ["language_model.model.layers.", "language_model.model.norm.", "gen_head.", "gen_aligner."];

    public double Seconds => Bytes / BytesPerSecond;

    /// <summary>Measures on the model's device with the threads of the caller.</summary>
    public static MemoryFloor Measure(JanusPolicy policy, TimeProvider time)
    {
        using var scope = torch.NewDisposeScope();
        var probe = torch.ones(ProbeValues, device: policy.Model.Device);
        var best = double.PositiveInfinity;
        for (var i = 0; i < Probes; i++)
        {
            var start = time.GetTimestamp();
            probe.sum().ToDouble();
            best = Math.Min(best, time.GetElapsedTime(start).TotalSeconds);
        }

        var bytes = policy.Weights().Where(w => ReadEachStep.Any(prefix => w.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .Sum(w => w.Tensor.numel() * w.Tensor.element_size());
        return new(bytes, ProbeValues * sizeof(float) / best);
    }

    /// <param name="secondsPerToken">What a token took.</param>
    public string Line(double secondsPerToken) => string.Create(
        CultureInfo.InvariantCulture,
        $"floor     {Seconds * 1000:0.##} ms/token to read {Bytes / 1e9:0.####} GB at {BytesPerSecond / 1e9:0.#} GB/s, a share of {Seconds / secondsPerToken:0%}");
}
