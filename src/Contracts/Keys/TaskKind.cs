namespace PairUni.Contracts;

/// <summary>The two halves of a pair: draw an image from a prompt, or answer a question about an image.</summary>
public enum TaskKind
{
    Generate = 0,
    Understand = 1,
}
