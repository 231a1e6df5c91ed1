namespace Orleans.Runtime;

/// <summary>How a method's calls mix with others.</summary>
[Flags]
internal enum CallTraits
{
    None = 0,
    AlwaysInterleave = 1,
    ReadOnly = 2,
    OneWay = 4,
}
