using PairUni.Contracts;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>How the weights of one run get from the process that trains to those that generate.</summary>
public interface IWeightSharing
{
    /// <summary>Makes a version available and returns its manifest as others must have it. Called by the learner, one call at a time.</summary>
    Task<WeightManifest> Publish(WeightSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>The whole version that a manifest names, every chunk verified.</summary>
    /// <exception cref="Grains.WeightsRejectedException">A chunk cannot be had, or is not what its hash says.</exception>
    Task<WeightSnapshot> Fetch(WeightManifest manifest, CancellationToken cancellationToken);
}
