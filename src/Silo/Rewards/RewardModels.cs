using PairUni.Contracts.Options;
using PairUni.Grains;
using PairUni.Modeling.Hps;
using TorchSharp;

namespace PairUni.Silo;

/// <summary>The rewards of a run's process: those that need no files always, the others when the options name them.</summary>
public static class RewardModels
{
    /// <summary>Mode of the hps reward that resizes as torchvision did before version 0.17.</summary>
    public const string NoAntialias = "no_antialias";

    /// <exception cref="Modeling.ModelFileException">A reward's files are missing or damaged.</exception>
    public static IReadOnlyList<IRewardModel> Of(RunOptions options)
    {
        List<IRewardModel> models = [new ShapesReward(), new AnswerReward()];
        models.AddRange(Hps(options).Select(part => HpsReward.Load(part.Path!, HpsOptions(part, options.Model), options.Rollout.Threads)));
        return models;
    }

    /// <summary>Looks at the rewards' files without loading weights, so that a mistake shows before the work begins.</summary>
    /// <exception cref="Modeling.ModelFileException">A reward's files are missing or damaged.</exception>
    public static void Check(RunOptions options)
    {
        foreach (var part in Hps(options))
            HpsFiles.Find(part.Path!).Check();
    }

    private static IEnumerable<RewardPartOptions> Hps(RunOptions options) => options.Reward.Generate.Where(part => part.Name == "hps");

    private static HpsOptions HpsOptions(RewardPartOptions part, ModelOptions model) => new()
    {
        Device = ModelSource.Device(model),
        Weights = model.Device == "cpu" ? torch.ScalarType.Float32 : torch.ScalarType.Float16,
        Antialias = part.Mode != NoAntialias,
    };
}
