using System.Globalization;
using System.Text;

namespace PairUni.Cli.Output;

/// <summary>One training step as one line of text. Metrics that a step lacks are left out, and so are KL, clipping and lag where they are off (zero).</summary>
internal static class StepLine
{
    private static readonly (string Label, string Metric, string Format, string Unit)[] Parts =
    [
        ("reward", "reward/mean", "0.000", ""),
        ("draw", "generate/reward/mean", "0.000", ""),
        ("answer", "understand/reward/mean", "0.000", ""),
        ("kl", "kl", "0.0000", ""),
        ("clip", "clip_frac", "0.000", ""),
        ("entropy", "entropy", "0.00", ""),
        ("grad", "optim/grad_norm", "0.00", ""),
        ("lag", "policy/lag/max", "0", ""),
        ("", "time/step", "0.0", " s"),
        ("", "perf/images_per_second", "0", " img/s"),
    ];

    public static string Of(int step, int maxSteps, IReadOnlyDictionary<string, double> metrics)
    {
        var width = maxSteps.ToString(CultureInfo.InvariantCulture).Length;
        var line = new StringBuilder("step ").Append(step.ToString(CultureInfo.InvariantCulture).PadLeft(width)).Append('/').Append(maxSteps);
        foreach (var (label, metric, format, unit) in Parts)
        {
            if (!metrics.TryGetValue(metric, out var value) || !double.IsFinite(value) || (value == 0 && (label is "kl" or "clip" or "lag")))
                continue;
            line.Append("  ").Append(label).Append(label.Length > 0 ? " " : "").Append(value.ToString(format, CultureInfo.InvariantCulture)).Append(unit);
        }

        return line.ToString();
    }
}
