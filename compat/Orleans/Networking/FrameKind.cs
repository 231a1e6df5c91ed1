namespace Orleans.Networking;

/// <summary>What a frame is.</summary>
internal enum FrameKind : byte
{
    /// <summary>First frame of the side that connected.</summary>
    Hello = 1,

    /// <summary>The other side's answer: who it is.</summary>
    Welcome = 2,

    /// <summary>The other side's answer: why not. The connection ends.</summary>
    Refusal = 3,

    /// <summary>A call.</summary>
    Request = 4,

    /// <summary>Its result.</summary>
    Result = 5,

    /// <summary>Its exception.</summary>
    Failure = 6,

    /// <summary>It was not run: its grain is not here.</summary>
    Elsewhere = 7,

    /// <summary>The caller does not wait for it any more.</summary>
    Cancel = 8,

    /// <summary>Are you there?</summary>
    Probe = 9,

    /// <summary>Yes; with the number of activations.</summary>
    Alive = 10,

    /// <summary>Send nothing more here: this side is leaving. Answers still come.</summary>
    Leaving = 11,
}
