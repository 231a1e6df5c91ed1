namespace PairUni.Cli.Bench.Augment;

/// <summary>How a misbehaving endpoint treats a request.</summary>
internal enum EndpointMood
{
    /// <summary>Answers as asked.</summary>
    Answer,

    /// <summary>Answers, and finds a contradiction when it is to check something.</summary>
    Contradict,

    /// <summary>Answers, and finds that something is lacking when it is to check something.</summary>
    Lack,

    /// <summary>Declines.</summary>
    Refuse,

    /// <summary>Answers with half a JSON object.</summary>
    Malformed,

    /// <summary>Answers with JSON of another schema.</summary>
    WrongSchema,

    /// <summary>Answers with as many tokens as are allowed, unfinished.</summary>
    CutShort,

    /// <summary>Sends a page that is no completion.</summary>
    NoCompletion,

    /// <summary>Sends half of its answer and cuts the connection.</summary>
    CutConnection,

    /// <summary>Never answers.</summary>
    Hang,

    /// <summary>Sends the status code and error that the behaviour names.</summary>
    Error,
}
