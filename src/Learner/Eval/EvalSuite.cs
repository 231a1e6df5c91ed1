using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Learner.Eval;

/// <summary>What a model is examined on.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Prompts">To be drawn and judged.</param>
/// <param name="Questions">To be answered.</param>
public sealed record EvalSuite(string Name, IReadOnlyList<EvalPrompt> Prompts, IReadOnlyList<EvalQuestion> Questions)
{
    /// <summary>The held-out prompts and questions of the shapes world, images loaded.</summary>
    /// <exception cref="ImageFileException">A question's image is missing or damaged.</exception>
    public static EvalSuite Shapes(ShapesHeldOut heldOut) => new(
        "shapes",
        [.. heldOut.Prompts.Select(p => new EvalPrompt(p))],
        [.. heldOut.Questions.Select(q => new EvalQuestion(q.Tag, RgbImage.Load(q.ImageFile), q.Question, q.Answer))]);

    /// <summary>The first <paramref name="promptsPerTag"/> prompts of every tag and the first <paramref name="questions"/> questions.</summary>
    public EvalSuite Take(int promptsPerTag, int questions) => this with
    {
        Prompts = [.. Prompts.GroupBy(p => p.Record.Tag).SelectMany(g => g.Take(promptsPerTag))],
        Questions = [.. Questions.Take(questions)],
    };
}
