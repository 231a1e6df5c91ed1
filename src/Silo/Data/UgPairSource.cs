using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Grains;
using PairUni.Modeling.Sampling;

namespace PairUni.Silo;

/// <summary>The pairs of a PairUG file in the order that seed and pairing mode give, with the sampling options of the run.</summary>
public sealed class UgPairSource : IPairSource
{
    private readonly RunOptions _options;
    private readonly PairSchedule _schedule;
    private readonly DataFolder _folder;
    private readonly string _path;

    /// <summary>Reads the file whole and checks every line and image.</summary>
    /// <exception cref="Data.DataFileException">Something in it is wrong.</exception>
    public UgPairSource(string path, RunOptions options)
    {
        (_path, _options, _folder) = (path, options, new(path));
        var mode = Enum.Parse<PairingMode>(options.Data.Pairing, ignoreCase: true);
        _schedule = new(PairUgFile.Read(path), mode, (ulong)options.Run.Seed, Enum.Parse<PairSampling>(options.Data.Sampling, ignoreCase: true));
    }

    public int Count => _schedule.Count;

    public PairWork Get(int step, int slot)
    {
        var pair = _schedule.At(((step - 1L) * _options.Learner.PairsPerStep) + slot);
        var generate = Common(pair, step, slot, TaskKind.Generate) with
        {
            Prompt = pair.Generate.Prompt,
            Tag = pair.Generate.Tag,
            Record = pair.Generate.GenEval?.ToJson() ?? "",
        };
        var understand = Common(pair, step, slot, TaskKind.Understand) with
        {
            Image = File.ReadAllBytes(_folder.Resolve(pair.Understand.ImagePath, _path)),
            Question = pair.Understand.Question,
            Answer = pair.Understand.Answer,
            Tag = pair.Understand.Tag,
        };
        return new(generate, understand);
    }

    private GroupSpec Common(PairRecord pair, int step, int slot, TaskKind task) => new()
    {
        Prompt = "",
        Image = default,
        Question = "",
        Answer = "",
        Tag = "",
        Record = "",
        Similarity = pair.Similarity ?? 1,
        Aligned = pair.Aligned,
        GroupSize = _options.Rollout.GroupSize,
        Seeds = [.. Enumerable.Range(0, _options.Rollout.GroupSize)
            .Select(sample => SampleSeed.Derive((ulong)_options.Run.Seed, step, slot, (int)task, sample))],
        Temperature = _options.Rollout.Temperature,
        CfgWeight = _options.Rollout.CfgWeight,
        MaxNewTokens = _options.Rollout.MaxNewTokens,
        TeacherForced = _options.Rollout.MaxLag > 0 && _options.Learner.OffPolicy == "none",
    };
}
