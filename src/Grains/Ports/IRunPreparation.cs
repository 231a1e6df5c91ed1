using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Makes the folder and storage of a submitted run ready, in the process that hosts the register.</summary>
public interface IRunPreparation
{
    /// <summary>Looks at everything that the run's options name; why it cannot be had, in one sentence, or empty.</summary>
    Task<string> Prepare(SubmitRun submission, CancellationToken cancellationToken);
}
