using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace PairUni.Learner.Weights;

/// <summary>The identity of a model's structure: names, types and shapes of its parameters, whatever their values.</summary>
public static class ModelFingerprint
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dtype">Type that the same model has elsewhere; its own when absent.</param>
    public static string Of(nn.Module model, ScalarType? dtype = null)
    {
        var text = new StringBuilder();
        foreach (var (name, parameter) in model.named_parameters())
            text.Append(name).Append(' ').Append(dtype ?? parameter.dtype).Append(' ').AppendJoin('x', parameter.shape).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
