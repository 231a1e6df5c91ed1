namespace PairUni.Data.Augmentation;

/// <summary>Whoever writes captions and questions: a model behind an endpoint, or Janus itself.</summary>
public interface IAnnotator
{
    /// <summary>Name that is recorded with every answer; another model, another name.</summary>
    string Model { get; }

    /// <summary>How many inquiries it can work on at once.</summary>
    int Width { get; }

    /// <summary>Files that say what is asked, by name, to be kept beside the result.</summary>
    IReadOnlyDictionary<string, string> PromptFiles { get; }

    /// <summary>Version of what is asked in a stage, with a hash of its content.</summary>
    string PromptVersion(AugmentStage stage);

    /// <summary>Tokens that an inquiry may cost at most, as far as that can be known beforehand.</summary>
    TokenCount Bound(Inquiry inquiry);

    /// <summary>Asks once.</summary>
    /// <exception cref="AnnotatorException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The time ran out.</exception>
    Task<AnnotatorAnswer> Ask(Inquiry inquiry, CancellationToken cancellation);
}
