using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Modeling.Images;

namespace PairUni.Silo.Tests;

/// <summary>Likes bright images and long answers: a random model gets different rewards in a group, so there is something to learn.</summary>
internal sealed class BrightnessReward(string name) : IRewardModel
{
    public string Name => name;

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken) => Task.FromResult(request.Samples.Select(Value).ToArray());

    private static float Value(GroupSample sample) => sample.Image.Length == 0
        ? sample.Tokens.Sum() % 17
        : RgbImage.Decode(sample.Image.Span).Pixels.Sum(p => (float)p) / 1000;
}
