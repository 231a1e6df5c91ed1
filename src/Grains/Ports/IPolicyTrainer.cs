using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// The model, its optimiser and their checkpoints: a service of the process that outlives activations. Calls are made one after
/// another; a call that repeats the last one gives the same result again and changes nothing.
/// </summary>
public interface IPolicyTrainer
{
    /// <summary>
    /// Makes sure that the model is loaded: as this process has it if no other learner came between, else from the last committed
    /// checkpoint. Returns the steps done.
    /// </summary>
    Task<int> Restore(LearnerEpoch epoch, CancellationToken cancellationToken);

    /// <summary>Trains the step after the last one.</summary>
    Task<StepTrained> Train(TrainStep step, CancellationToken cancellationToken);

    /// <summary>Puts the chunks of the current weights into the weight store and returns their manifest.</summary>
    Task<WeightManifest> Publish(CancellationToken cancellationToken);

    /// <summary>Writes a checkpoint of the step, the last one trained; on return it is the one that a restart finds.</summary>
    Task Checkpoint(int step, CancellationToken cancellationToken);
}
