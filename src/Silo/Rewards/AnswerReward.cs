using PairUni.Algorithms;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>1 for an answer that says the same as the right one, else 0; options are read from the question.</summary>
public sealed class AnswerReward : IRewardModel
{
    public string Name => "answer";

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken)
    {
        var options = AnswerOptions.Of(request.Spec.Question);
        return Task.FromResult(request.Samples.Select(s => AnswerMatch.Score(s.Text, request.Spec.Answer, options)).ToArray());
    }
}
