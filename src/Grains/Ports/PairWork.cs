using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The two groups of one pair.</summary>
public sealed record PairWork(GroupSpec Generate, GroupSpec Understand)
{
    public GroupSpec Of(TaskKind task) => task == TaskKind.Generate ? Generate : Understand;
}
