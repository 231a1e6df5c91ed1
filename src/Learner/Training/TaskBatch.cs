using PairUni.Algorithms;
using PairUni.Learner.Losses;

namespace PairUni.Learner.Training;

/// <summary>The groups of one task in a step, cut into micro-batches, with the denominator of the whole.</summary>
public sealed class TaskBatch
{
    private readonly LossType _lossType;
    private readonly double _sequences;
    private readonly double _tokens;
    private readonly int _maxLength;

    private TaskBatch(IReadOnlyList<WeightedGroup> groups, LearnerSettings settings, bool isImage)
    {
        Groups = groups;
        IsImage = isImage;
        Weight = isImage ? settings.GenerateWeight : settings.UnderstandWeight;
        _lossType = settings.LossType;
        _sequences = groups.Sum(g => g.Group.Tokens.Length);
        _tokens = groups.Sum(g => g.Group.Tokens.Sum(t => t.Length));
        var longest = groups.Max(g => g.Group.Tokens.Max(t => t.Length));
        _maxLength = isImage ? longest : Math.Max(longest, settings.MaxAnswerTokens);

        var active = groups.Where(g => Weight != 0 && (settings.Loss.KlCoef > 0 || !g.IsSilent)).ToArray();
        var most = settings.MicroBatchGroups > 0 ? settings.MicroBatchGroups : Math.Max(1, active.Length);
        MicroBatches = [.. active.GroupBy(g => g.Group.Tokens.Length).SelectMany(sameSize => sameSize.Chunk(most))];
    }

    /// <summary>Every group, in the order given.</summary>
    public IReadOnlyList<WeightedGroup> Groups { get; }

    /// <summary>True for generation.</summary>
    public bool IsImage { get; }

    /// <summary>Factor on the task's loss.</summary>
    public double Weight { get; }

    /// <summary>
    /// The groups that contribute to the loss: without a KL term those whose advantages are all zero are left out, for their loss and
    /// gradient are exactly zero at whatever ratio.
    /// </summary>
    public IReadOnlyList<WeightedGroup[]> MicroBatches { get; }

    /// <summary>Batches of the tasks that occur, generation first.</summary>
    public static IReadOnlyList<TaskBatch> Split(IReadOnlyList<TrainGroup> groups, LearnerSettings settings)
    {
        var batches = new List<TaskBatch>();
        foreach (var isImage in new[] { true, false })
        {
            TrainGroup[] mine = [.. groups.Where(g => g.IsImage == isImage)];
            if (mine.Length == 0) continue;
            var advantages = Advantages.Compute([.. mine.Select(g => g.Rewards)], settings.ScaleRewards);
            batches.Add(new(
                [.. mine.Select((g, i) => new WeightedGroup(g, [.. advantages[i].Select(a => a * g.PairWeight)]))], settings, isImage));
        }

        return batches;
    }

    /// <summary>The denominator for one micro-batch.</summary>
    public LossDenominator DenominatorOf(WeightedGroup[] microBatch) => new(
        _lossType,
        _sequences,
        _lossType == LossType.Bnpo ? microBatch.Sum(g => g.Group.Tokens.Sum(t => t.Length)) * MicroBatches.Count : _tokens,
        _maxLength);
}
