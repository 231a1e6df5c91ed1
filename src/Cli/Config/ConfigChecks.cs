using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>Rules between settings that no single range can say.</summary>
internal static class ConfigChecks
{
    /// <param name="options">What to check.</param>
    /// <param name="origins">Where each set key was set, by path.</param>
    /// <exception cref="UserErrorException">A rule is broken.</exception>
    public static void Check(RunOptions options, IReadOnlyDictionary<string, string> origins)
    {
        string At(string path) => origins.TryGetValue(path, out var origin) ? $"{origin}: {path}" : path;

        if (options.Data.Path is null && options.Learner.PairsPerStep > options.Data.Pairs)
            throw new UserErrorException($"{At("learner.pairs_per_step")} is {options.Learner.PairsPerStep}, more than data.pairs ({options.Data.Pairs}); lower it or draw more pairs");
        if (options.Data.Sampling != "once" && options.Data.Pairing != "paired")
            throw new UserErrorException($"{At("data.sampling")} is {options.Data.Sampling}, but data.pairing is {options.Data.Pairing}, which puts pairs together itself; use data.sampling once or data.pairing paired");
        if (options.Learner.GenerateWeight == 0 && options.Learner.UnderstandWeight == 0)
            throw new UserErrorException($"{At("learner.generate_weight")} and learner.understand_weight are both 0; nothing would be learned");
        if (options.Eval.Every > 0 && (options.Checkpoint.Every == 0 || options.Eval.Every % options.Checkpoint.Every != 0))
            throw new UserErrorException($"{At("eval.every")} is {options.Eval.Every}; it must be a multiple of checkpoint.every ({options.Checkpoint.Every}), because checkpoints are what is evaluated");
        if (options.Eval.Every > 0 && options.Checkpoint.KeepEvery > 0 && options.Eval.Every % options.Checkpoint.KeepEvery != 0)
            throw new UserErrorException($"{At("eval.every")} is {options.Eval.Every}; it must be a multiple of checkpoint.keep_every ({options.Checkpoint.KeepEvery}), because only those checkpoints are kept");
        Rewards(options.Reward.Generate, "reward.generate", ["shapes", "hps"], At);
        Rewards(options.Reward.Understand, "reward.understand", ["answer"], At);
    }

    private static void Rewards(IReadOnlyList<RewardPartOptions> parts, string path, string[] fitting, Func<string, string> at)
    {
        if (parts.Count == 0)
            throw new UserErrorException($"{at(path)} is empty; name at least one reward, such as [{{name: {fitting[0]}}}]");
        foreach (var part in parts)
        {
            if (!fitting.Contains(part.Name))
                throw new UserErrorException($"{at(path)} names {(part.Name.Length == 0 ? "no reward" : part.Name)}; rewards that fit there: {string.Join(", ", fitting)}");
            if (part.Mode.Length > 0 && !Modes(part.Name).Contains(part.Mode))
                throw new UserErrorException($"{at(path)}: the {part.Name} reward has no mode {part.Mode}; {Remedy(Modes(part.Name))}");
            if (part.Name == "hps" && part.Path is null)
                throw new UserErrorException($"{at(path)}: the hps reward needs its model; add path: with HPS_v2.1_compressed.pt or its folder (docs/rewards.md)");
            if (part.Name != "hps" && part.Path is not null)
                throw new UserErrorException($"{at(path)}: the {part.Name} reward has no model; leave out path: {part.Path}");
        }

        if (parts.Count(part => part.Name == "hps") > 1)
            throw new UserErrorException($"{at(path)} names hps twice, but a run loads one model of it; keep one of them");
    }

    private static string[] Modes(string reward) => reward switch
    {
        "shapes" => ["dense", "strict"],
        "hps" => ["no_antialias"],
        _ => [],
    };

    private static string Remedy(string[] modes) => modes.Length == 0 ? "leave it out" : $"leave it out or use {string.Join(" or ", modes)}";
}
