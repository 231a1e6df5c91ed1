using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Calls a reward model and turns whatever goes wrong into a failed score.</summary>
public static class CheckedReward
{
    public static async Task<RewardScored> Score(IRewardModel model, ScoreGroup request, CancellationToken cancellationToken)
    {
        try
        {
            var values = await model.Score(request, cancellationToken);
            return Fault(values, request.Samples.Length) is { } fault
                ? new() { Name = model.Name, Values = [], Failure = fault }
                : new() { Name = model.Name, Values = values };
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A reward is foreign code: any exception of it is the group's failure, never the run's.
            return new() { Name = model.Name, Values = [], Failure = fault.Message };
        }
    }

    private static string? Fault(float[] values, int samples)
    {
        if (values.Length != samples) return $"it gave {values.Length} values for {samples} samples";
        var bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return bad < 0 ? null : $"it gave {values[bad]} for sample {bad}";
    }
}
