namespace PairUni.Data.Import;

/// <summary>What the samples of a source are for, hence what each must have.</summary>
public enum SampleTask
{
    /// <summary>Questions about images: each sample has a question and an answer.</summary>
    Understand,

    /// <summary>Captions of images: each sample has a prompt.</summary>
    Generate,
}
