namespace PairUni.Modeling.Text;

/// <summary>Texts of the tokens that Janus gives a meaning; their ids differ from model to model and are looked up by these.</summary>
public static class SpecialTokenNames
{
    /// <summary>First token of every encoded text.</summary>
    public const string Bos = "<｜begin▁of▁sentence｜>";

    /// <summary>Ends an answer.</summary>
    public const string Eos = "<｜end▁of▁sentence｜>";

    /// <summary>Left padding, and the body of the unconditional prompt.</summary>
    public const string Pad = "<｜▁pad▁｜>";

    /// <summary>Opens an image.</summary>
    public const string BeginOfImage = "<begin_of_image>";

    /// <summary>Closes an image.</summary>
    public const string EndOfImage = "<end_of_image>";

    /// <summary>Stands where image features go.</summary>
    public const string ImagePlaceholder = "<image_placeholder>";

    /// <summary>Role name of the person.</summary>
    public const string User = "<|User|>";

    /// <summary>Role name of the model.</summary>
    public const string Assistant = "<|Assistant|>";

    /// <summary>All of them, in the order in which a trained vocabulary gets them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bos, Eos, Pad, BeginOfImage, EndOfImage, ImagePlaceholder, User, Assistant];
}
