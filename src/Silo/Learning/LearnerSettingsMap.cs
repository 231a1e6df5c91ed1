using PairUni.Algorithms;
using PairUni.Contracts.Options;
using PairUni.Learner.Training;

namespace PairUni.Silo;

/// <summary>The learner's settings from a run's options.</summary>
public static class LearnerSettingsMap
{
    public static LearnerSettings Of(RunOptions options)
    {
        var learner = options.Learner;
        return new()
        {
            LearningRate = new()
            {
                Peak = learner.Lr,
                WarmupSteps = learner.WarmupSteps,
                TotalSteps = learner.MaxSteps,
                Decay = Word<LearningRateDecay>(learner.LrSchedule),
            },
            WeightDecay = learner.WeightDecay,
            Beta1 = learner.Beta1,
            Beta2 = learner.Beta2,
            Eps = learner.Eps,
            MaxGradNorm = learner.MaxGradNorm,
            Loss = new() { ClipLow = learner.ClipLow, ClipHigh = learner.ClipHigh, Delta = learner.Delta, KlCoef = learner.KlCoef },
            OffPolicy = new()
            {
                Kind = Word<OffPolicy>(learner.OffPolicy),
                Level = Word<RatioLevel>(learner.OffPolicyLevel),
                Cap = learner.OffPolicyCap,
                Floor = learner.OffPolicyFloor,
            },
            LossType = Word<LossType>(learner.LossType),
            ScaleRewards = Word<ScaleRewards>(learner.ScaleRewards),
            GenerateWeight = learner.GenerateWeight,
            UnderstandWeight = learner.UnderstandWeight,
            UpdatesPerBatch = learner.UpdatesPerBatch,
            MicroBatchGroups = learner.MicroBatchGroups,
            Temperature = options.Rollout.Temperature,
            MaxAnswerTokens = options.Rollout.MaxNewTokens,
            Freeze = learner.Freeze,
        };
    }

    /// <summary>How similarities weigh.</summary>
    public static PairWeighting PairWeighting(LearnerOptions options) => Word<PairWeighting>(options.PairWeight);

    private static T Word<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", ""), ignoreCase: true);
}
