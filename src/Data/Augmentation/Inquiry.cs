using System.Security.Cryptography;
using System.Text;
using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>One thing that an annotator is asked about one sample.</summary>
/// <param name="Stage">What is asked for.</param>
/// <param name="Sample">The sample; when something new is checked, with that in it.</param>
/// <param name="ImageFile">Its image.</param>
/// <param name="Origin"><see cref="DigestOf"/> the sample as the pool has it.</param>
public sealed record Inquiry(AugmentStage Stage, PoolSample Sample, string ImageFile, string Origin)
{
    /// <summary>Stands for everything of a pool's sample that an annotator sees: 32 hexadecimal digits.</summary>
    public static string DigestOf(PoolSample sample) => Hash(sample.Id, sample.Sha256, sample.Prompt, sample.Question, sample.Answer);

    /// <summary>Stands for this inquiry to a model by a version of a prompt; an answer under the same key need not be paid again.</summary>
    public string Key(string prompt, string model) => Hash(Origin, Stage.ToString(), prompt, model, Sample.Prompt, Sample.Question, Sample.Answer);

    /// <summary>A seed of the sample's own.</summary>
    public static ulong Seed(string digest) => Convert.ToUInt64(digest[..16], 16);

    // Lengths keep ("a", "bc") and ("ab", "c") apart.
    private static string Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
