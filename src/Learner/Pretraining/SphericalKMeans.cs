using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

// M points, K centres, C dimensions

/// <summary>k-means by direction: points and centres have unit length and closeness is the cosine (Dhillon and Modha 2001), seeded as k-means++.</summary>
public static class SphericalKMeans
{
    /// <summary>The centres.</summary>
    /// <param name="points_MC">Unit length.</param>
    /// <param name="count">Centres, K.</param>
    /// <param name="rounds">Rounds of assignment and averaging.</param>
    /// <param name="seed">Same seed and points, same centres.</param>
    /// <returns>[K, C], unit length.</returns>
    public static Tensor Centres(Tensor points_MC, int count, int rounds, ulong seed)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var centres_KC = Start(points_MC, count, seed);
        for (var round = 0; round < rounds; round++)
        {
            using var inner = NewDisposeScope();
            var nearest_M = points_MC.matmul(centres_KC.t()).argmax(1);
            var sums_KC = zeros_like(centres_KC).index_add_(0, nearest_M, points_MC, 1);
            var moved_K1 = sums_KC.norm(1, keepdim: true).gt(0);
            centres_KC.copy_(where(moved_K1, F.normalize(sums_KC, 2, 1), centres_KC));
        }

        return centres_KC.MoveToOuterDisposeScope();
    }

    // Each next centre is a point drawn in proportion to its distance from the nearest centre so far (Arthur and Vassilvitskii 2007).
    private static Tensor Start(Tensor points_MC, int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new Data.SeededRandom(seed, 7);
        var centres_KC = zeros([count, points_MC.shape[1]], dtype: points_MC.dtype, device: points_MC.device);
        var distance_M = ones([points_MC.shape[0]], dtype: float64, device: points_MC.device);
        for (var k = 0; k < count; k++)
        {
            using var inner = NewDisposeScope();
            var cumulative_M = distance_M.cumsum(0);
            var at = cumulative_M.lt(random.NextDouble() * cumulative_M[-1].ToDouble()).sum().ToInt64();
            var centre_C = points_MC[Math.Min(at, points_MC.shape[0] - 1)];
            centres_KC[k] = centre_C;
            distance_M.copy_(minimum(distance_M, (1 - points_MC.matmul(centre_C)).clamp_min(1e-9).to(float64)));
        }

        return centres_KC.MoveToOuterDisposeScope();
    }
}
