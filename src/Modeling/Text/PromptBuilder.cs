namespace PairUni.Modeling.Text;

/// <summary>Turns prompts and questions into the token ids that Janus expects.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="imageTokens">Tokens that an input image takes (the vision tower's patches).</param>
public sealed class PromptBuilder(JanusTokenizer tokenizer, int imageTokens)
{
    /// <summary>Tokens that an input image takes.</summary>
    public int ImageTokens { get; } = imageTokens;

    /// <summary>Ids of an image generation prompt: begin of text first, begin of image last.</summary>
    public int[] Generation(string prompt) => tokenizer.Encode(ChatTemplate.Generation(prompt));

    /// <summary>The unconditional twin of a generation prompt: everything but the first and the last id is padding.</summary>
    public int[] Unconditional(int[] ids)
    {
        var twin = Enumerable.Repeat(tokenizer.PadId, ids.Length).ToArray();
        (twin[0], twin[^1]) = (ids[0], ids[^1]);
        return twin;
    }

    /// <summary>Ids of a question about <paramref name="images"/> images, up to the point where the answer begins.</summary>
    public UnderstandingPrompt Understanding(string question, int images = 1) => Expand(tokenizer.Encode(ChatTemplate.Understanding(question, images)));

    /// <summary>Replaces each placeholder by image start, <see cref="ImageTokens"/> placeholders, image end.</summary>
    public UnderstandingPrompt Expand(IEnumerable<int> ids)
    {
        var expanded = new List<int>();
        foreach (var id in ids)
        {
            if (id != tokenizer.ImagePlaceholderId)
            {
                expanded.Add(id);
                continue;
            }
            expanded.Add(tokenizer.BeginOfImageId);
            expanded.AddRange(Enumerable.Repeat(id, ImageTokens));
            expanded.Add(tokenizer.EndOfImageId);
        }
        return new UnderstandingPrompt([.. expanded], [.. expanded.Select(id => id == tokenizer.ImagePlaceholderId)]);
    }
}
