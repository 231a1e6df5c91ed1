using PairUni.Modeling.Hps;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Towers;

/// <summary>Runs a network without gradients and takes its features out of it.</summary>
internal static class TowerOutput
{
    /// <param name="features">Makes features_BD.</param>
    /// <returns>[B][D] features of length 1.</returns>
    public static float[][] Rows(Func<Tensor> features)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor features_BD = HpsModel.Normalise(features().to_type(ScalarType.Float32)).cpu();
        return [.. features_BD.data<float>().ToArray().Chunk((int)features_BD.size(1))];
    }
}
