using PairUni.Modeling.Images;

namespace PairUni.Learner.Eval;

/// <summary>A model as an examiner sees it. Called on device threads, possibly on several at once.</summary>
public interface IEvalModel
{
    /// <summary>Draws, for every prompt, one image for each of its seeds; all prompts have equally many.</summary>
    RgbImage[][] Draw(IReadOnlyList<(string Prompt, ulong[] Seeds)> prompts);

    /// <summary>Answers every question greedily.</summary>
    string[] Answer(IReadOnlyList<(RgbImage Image, string Question)> questions);
}
