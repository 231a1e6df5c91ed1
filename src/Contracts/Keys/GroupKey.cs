using System.Globalization;
using MessagePack;

namespace PairUni.Contracts;

/// <summary>One unit of work: the group of one task of one pair in one step of one run. Written "run/12/3/generate".</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Step">The training step that the group belongs to; the first step is 1.</param>
/// <param name="Pair">Slot of the pair in the step, from 0.</param>
/// <param name="Task">Which half of the pair.</param>
[MessagePackObject]
public readonly record struct GroupKey(
    [property: Key(0)] string Run,
    [property: Key(1)] int Step,
    [property: Key(2)] int Pair,
    [property: Key(3)] TaskKind Task) : IComparable<GroupKey>
{
    /// <summary>By run, step, pair, task: the order in which the learner adds anything up.</summary>
    public int CompareTo(GroupKey other)
    {
        var byRun = string.CompareOrdinal(Run, other.Run);
        return byRun != 0 ? byRun : (Step, Pair, Task).CompareTo((other.Step, other.Pair, other.Task));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Run}/{Step}/{Pair}/{(Task == TaskKind.Generate ? "generate" : "understand")}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a group key.</exception>
    public static GroupKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a group key; expected run/step/pair/generate or run/step/pair/understand.");

    public static bool TryParse(string text, out GroupKey key)
    {
        key = default;
        var parts = text.Split('/');
        if (parts.Length != 4 || parts[0].Length == 0) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var step)) return false;
        if (!int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var pair)) return false;
        if (parts[3] is not ("generate" or "understand")) return false;
        key = new(parts[0], step, pair, parts[3] == "generate" ? TaskKind.Generate : TaskKind.Understand);
        return true;
    }
}
