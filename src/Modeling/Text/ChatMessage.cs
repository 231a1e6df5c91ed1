namespace PairUni.Modeling.Text;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Role text as it goes into the prompt, such as <see cref="SpecialTokenNames.User"/>.</param>
/// <param name="Content">What is said; empty for the turn that the model is to fill.</param>
public sealed record ChatMessage(string Role, string Content);
