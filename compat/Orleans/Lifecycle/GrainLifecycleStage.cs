namespace Orleans.Runtime;

/// <summary>Stages of an activation.</summary>
public static class GrainLifecycleStage
{
    /// <summary>Before everything.</summary>
    public const int First = int.MinValue;

    /// <summary>State is read.</summary>
    public const int SetupState = 1_000;

    /// <summary>OnActivateAsync runs.</summary>
    public const int Activate = SetupState + 1_000;

    /// <summary>After everything.</summary>
    public const int Last = int.MaxValue;
}
