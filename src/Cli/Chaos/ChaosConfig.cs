using System.Globalization;

namespace PairUni.Cli.Chaos;

/// <summary>The settings of the run that chaos disturbs: janus-nano on the shapes world, in steps short enough that a minute has many of them.</summary>
internal static class ChaosConfig
{
    /// <summary>Groups of each of its steps.</summary>
    public const int GroupsPerStep = 8;

    /// <summary>As YAML.</summary>
    /// <param name="runs">Folder of the runs' folders.</param>
    /// <param name="maxSteps">Steps of the run.</param>
    /// <param name="maxLag">Versions that a group may be old.</param>
    /// <param name="leaseSeconds">Time after which an undelivered group is given to another worker.</param>
    /// <param name="groupSize">Samples of a group: more of them take longer.</param>
    public static string Yaml(string runs, int maxSteps, int maxLag, double leaseSeconds, int groupSize = 4) => string.Create(CultureInfo.InvariantCulture, $$"""
        run: {out: {{runs}}, seed: 1}
        data: {pairs: 64}
        rollout: {workers: 1, group_size: {{groupSize}}, max_lag: {{maxLag}}, lease_seconds: {{leaseSeconds}}}
        learner: {pairs_per_step: {{GroupsPerStep / 2}}, max_steps: {{maxSteps}}, lr: 1e-4, lr_schedule: constant, warmup_steps: 1, threads: 1}
        checkpoint: {every: 5}
        eval: {prompts_per_tag: 1, samples_per_prompt: 2, questions: 4}
        log: {samples_every: 0, tensorboard: false}

        """);
}
