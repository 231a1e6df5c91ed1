using PairUni.Data.Shapes;
using PairUni.Learner.Eval;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Models;

/// <summary>The shapes suite: held-out prompts and questions of a folder, or of the shapes world itself.</summary>
internal static class HeldOutSuite
{
    /// <summary>Reads the suite from a shapes data set's folder or from its heldout/ folder.</summary>
    public static EvalSuite Read(string folder)
    {
        var heldOut = ShapesDataset.ReadHeldOut(folder);
        return new EvalSuite(
            "shapes",
            [.. heldOut.Prompts.Select(p => new EvalPrompt(p))],
            [.. heldOut.Questions.Select(q => new EvalQuestion(q.Tag, RgbImage.Load(q.ImageFile), q.Question, q.Answer))]);
    }

    /// <summary>Draws the shapes world's own suite; the same seed gives the same suite.</summary>
    public static EvalSuite Draw(ulong seed, int promptsPerTag, int questions)
    {
        var folder = Directory.CreateTempSubdirectory("pairuni-").FullName;
        try
        {
            ShapesDataset.Write(folder, seed, 1, new() { HeldOutPromptsPerTag = promptsPerTag, HeldOutQuestions = questions });
            return Read(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
