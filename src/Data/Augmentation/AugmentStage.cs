namespace PairUni.Data.Augmentation;

/// <summary>What an annotator is asked for.</summary>
public enum AugmentStage
{
    /// <summary>A caption for an image with a question and its answer.</summary>
    Caption,

    /// <summary>A question with four options for an image with a caption.</summary>
    Question,

    /// <summary>Whether a new caption fits the image, the question and the answer.</summary>
    CheckCaption,

    /// <summary>Whether a new question and its answer fit the image and the caption.</summary>
    CheckQuestion,
}
