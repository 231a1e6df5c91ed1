using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace PairUni.Modeling.Towers;

/// <summary>Tells one tower from another by its kind and the values of all its weights.</summary>
internal static class TowerFingerprint
{
    /// <param name="kind">What is done with the weights: preprocessing, architecture, pooling.</param>
    /// <param name="weights">Names and values, in any order.</param>
    public static string Of(string kind, IEnumerable<(string Name, Tensor Value)> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        foreach (var (name, value) in weights.OrderBy(weight => weight.Name, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name} {string.Join(',', value.shape)}\n"));
            hash.AppendData(value.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
