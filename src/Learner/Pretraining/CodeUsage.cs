using PairUni.Data;
using static TorchSharp.torch;

namespace PairUni.Learner.Pretraining;

// V codes, M latents of a batch, C code width

/// <summary>Watches which codes are used and moves those that went out of use onto latents of objects.</summary>
internal sealed class CodeUsage(int codes, ulong seed)
{
    private const double Decay = 0.995;
    private const double Dead = 0.05;

    private readonly double[] _usage = [.. Enumerable.Repeat(1.0, codes)];
    private readonly SeededRandom _random = new(seed, 5);

    /// <summary>Codes that are in use.</summary>
    public int Alive => _usage.Count(u => u >= Dead);

    /// <summary>Counts one batch's codes.</summary>
    public void Count(ReadOnlySpan<long> indices)
    {
        for (var v = 0; v < _usage.Length; v++) _usage[v] *= Decay;
        foreach (var index in indices) _usage[index]++;
    }

    /// <summary>Replaces dead entries of the codebook by random latents of cells that hold an object.</summary>
    public void Revive(Tensor codebook_VC, Tensor latent_MC, bool[] isObject_M)
    {
        int[] sources = [.. Enumerable.Range(0, isObject_M.Length).Where(m => isObject_M[m])];
        if (sources.Length == 0) return;
        using var untracked = no_grad();
        for (var v = 0; v < _usage.Length; v++)
        {
            if (_usage[v] >= Dead) continue;
            using var scope = NewDisposeScope();
            codebook_VC[v].copy_(latent_MC[_random.Pick(sources)]);
            _usage[v] = 1;
        }
    }
}
