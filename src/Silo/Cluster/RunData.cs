using PairUni.Contracts.Options;
using PairUni.Data.Shapes;

namespace PairUni.Silo;

/// <summary>The pairs of a run: the file that its options name, or the shapes world, drawn into its folder.</summary>
public static class RunData
{
    /// <summary>The PairUG file, made if need be.</summary>
    /// <exception cref="Data.DataFileException">It cannot be written.</exception>
    public static string Pairs(RunOptions options, RunFolder folder) => options.Data.Path ?? Shapes(options, folder).TrainPath;

    /// <summary>Draws the shapes world of a run unless it is there.</summary>
    public static ShapesDatasetReport Shapes(RunOptions options, RunFolder folder) => ShapesDataset.Ensure(
        folder.Data, (ulong)options.Run.Seed, options.Data.Pairs,
        new() { HeldOutPromptsPerTag = options.Eval.PromptsPerTag, HeldOutQuestions = options.Eval.Questions });
}
