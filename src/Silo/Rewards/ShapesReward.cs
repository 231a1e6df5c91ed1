using PairUni.Contracts;
using PairUni.Data.Shapes;
using PairUni.Grains;
using PairUni.Modeling.Images;

namespace PairUni.Silo;

/// <summary>
/// How well an image of the shapes world shows what its GenEval record asks for, judged from pixels. Mode: dense (the default), strict,
/// permissive, or several joined by '+' for their mean.
/// </summary>
public sealed class ShapesReward : IRewardModel
{
    public string Name => "shapes";

    public Task<float[]> Score(ScoreGroup request, CancellationToken cancellationToken)
    {
        if (request.Spec.Record.Length == 0)
            throw new InvalidOperationException($"the prompt \"{request.Spec.Prompt}\" has no GenEval record (\"geneval\" in the data), which the shapes reward needs");
        var record = GenEvalRecord.Parse(request.Spec.Record, request.Key.ToString());
        var modes = request.Mode.Length == 0 ? ["dense"] : request.Mode.Split('+');
        return Task.FromResult(request.Samples.Select(s => Value(s, record, modes)).ToArray());
    }

    private static float Value(GroupSample sample, GenEvalRecord record, string[] modes)
    {
        var verdict = ShapeJudge.Judge(RgbImage.Decode(sample.Image.Span), record);
        return (float)modes.Average(mode => mode switch
        {
            "dense" => verdict.Dense,
            "strict" => verdict.Strict ? 1 : 0,
            "permissive" => verdict.Permissive ? 1 : 0,
            _ => throw new InvalidOperationException($"the shapes reward has no mode '{mode}'; use dense, strict or permissive"),
        });
    }
}
