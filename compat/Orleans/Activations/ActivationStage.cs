namespace Orleans.Activations;

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationStage
{
    /// <summary>Calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Valid,

    /// <summary>Calls that run end, calls that wait will go to the next activation.</summary>
    Deactivating,

    /// <summary>Calls are refused.</summary>
    Ended,
}
