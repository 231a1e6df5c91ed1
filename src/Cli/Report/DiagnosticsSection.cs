using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>The numbers one looks at when training misbehaves, a small chart each.</summary>
internal static class DiagnosticsSection
{
    private static readonly (string Title, string Note, string[] Metrics)[] Charts =
    [
        ("KL to the start", "k3 estimate, nats a token; 0 when kl_coef is 0", ["kl", "generate/kl", "understand/kl"]),
        ("Sampler against trainer", "KL between the law that drew the tokens and the trained one", ["kl/sampler", "generate/kl/sampler", "understand/kl/sampler"]),
        ("Importance weights", "Mean of policy before the update to the law that drew the tokens; only with off_policy", ["off_policy/ratio/mean", "generate/off_policy/ratio/mean", "understand/off_policy/ratio/mean"]),
        ("Entropy", "Nats a token; a fall to zero means collapse", ["entropy", "generate/entropy", "understand/entropy"]),
        ("Gradient norm", "Before clipping", ["optim/grad_norm"]),
        ("Clipped", "Share of tokens whose ratio was clipped", ["clip_frac", "generate/clip_frac", "understand/clip_frac"]),
        ("Learning rate", "", ["optim/lr"]),
        ("Groups without a signal", "Share of groups whose rewards are all equal", ["reward/zero_std_frac", "generate/reward/zero_std_frac", "understand/reward/zero_std_frac"]),
        ("Reward spread", "Standard deviation within groups", ["reward/std", "generate/reward/std", "understand/reward/std"]),
        ("Policy lag", "Versions between rollout and update", ["policy/lag/mean", "policy/lag/max"]),
        ("Pair weight", "Mean over the step's pairs", ["pair/weight/mean"]),
        ("Answer length", "Tokens", ["understand/completion/length/mean", "completion/length/mean"]),
        ("Cut off", "Share of answers that reached max_new_tokens", ["understand/completion/truncated_frac", "completion/truncated_frac"]),
    ];

    public static string Of(RunRecord run)
    {
        var figures = string.Concat(Charts.Select(c => Chart(run.Metrics, c.Title, c.Note, c.Metrics)));
        return figures.Length == 0 ? "" : $"<section><h2>Training health</h2><div class=\"charts small\">{figures}</div></section>";
    }

    private static string Chart(MetricsTable metrics, string title, string note, string[] names)
    {
        var perTask = names.Where(n => n.StartsWith("generate/", StringComparison.Ordinal) || n.StartsWith("understand/", StringComparison.Ordinal))
            .Where(n => metrics.Column(n) is not null).ToArray();
        var used = perTask.Length > 0 ? perTask : names.Where(n => metrics.Column(n) is not null).ToArray();
        return used.Length == 0 ? "" : new LineChart
        {
            Title = title,
            Note = note,
            Steps = metrics.Steps,
            Width = 290,
            Height = 140,
            Series = [.. used.Select(n => new ChartSeries(Name(n), Colour(n), metrics.Column(n)!))],
        }.Svg();
    }

    private static string Name(string metric) =>
        metric.StartsWith("generate/", StringComparison.Ordinal) ? "drawing" : metric.StartsWith("understand/", StringComparison.Ordinal) ? "answering" : metric[(metric.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private static string Colour(string metric) =>
        metric.StartsWith("generate/", StringComparison.Ordinal) ? "c1" : metric.StartsWith("understand/", StringComparison.Ordinal) ? "c2" : metric.EndsWith("/max", StringComparison.Ordinal) ? "c4" : "c3";
}
