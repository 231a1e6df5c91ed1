namespace PairUni.Modeling.Files;

/// <summary>Marks on a pickle's stack where a group of values begins.</summary>
internal sealed class PickleMark
{
    public static readonly PickleMark Instance = new();

    private PickleMark() { }
}
