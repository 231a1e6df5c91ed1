using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The steps that are open at a version, and their groups. Steps count from 1, <see cref="StalenessRule"/>'s from 0.</summary>
public static class OpenSteps
{
    /// <summary>The last step whose groups may be generated at a version.</summary>
    public static int Last(RunSpec spec, int version) => Math.Min(spec.MaxSteps, Rule(spec).LastOpenStep(version) + 1);

    /// <summary>Whether a group made by a version is too old for a step, which is trained at version step - 1.</summary>
    public static bool IsStale(RunSpec spec, int madeBy, int step) => Rule(spec).IsStale(madeBy, step - 1);

    /// <summary>Groups of one step.</summary>
    public static int GroupsPerStep(RunSpec spec) => 2 * spec.PairsPerStep;

    /// <summary>The groups of a range of steps in the order of their keys.</summary>
    public static IEnumerable<GroupKey> Keys(RunSpec spec, int from, int to)
    {
        for (var step = from; step <= to; step++)
        {
            for (var pair = 0; pair < spec.PairsPerStep; pair++)
            {
                yield return new(spec.Run, step, pair, TaskKind.Generate);
                yield return new(spec.Run, step, pair, TaskKind.Understand);
            }
        }
    }

    private static StalenessRule Rule(RunSpec spec) => new(spec.MaxLag, GroupsPerStep(spec));
}
