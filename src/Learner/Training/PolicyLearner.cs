using PairUni.Algorithms;
using PairUni.Learner.Losses;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

// B sequences of a micro-batch, T tokens (padded)

/// <summary>
/// Updates a policy on scored groups (PairGRPO): advantages per task, pair weights, clipped loss, AdamW. Owns the optimiser and the
/// reference, not the policy. One thread; leaves no tensors behind.
/// </summary>
public sealed class PolicyLearner : IDisposable
{
    private readonly PolicyForward _forward;

    /// <summary>A learner with fresh moments at version 0.</summary>
    /// <exception cref="Contracts.UserErrorException">A frozen module does not exist, or nothing is left to train.</exception>
    public PolicyLearner(JanusPolicy policy, LearnerSettings settings)
    {
        Policy = policy;
        Settings = settings;
        Trainable = TrainableParameters.Select(policy.Model, settings.Freeze);
        Optimizer = new(Trainable, settings.Beta1, settings.Beta2, settings.Eps, settings.WeightDecay);
        Reference = settings.Loss.KlCoef > 0 ? new(Trainable) : null;
        _forward = new(policy, settings.Temperature);
    }

    /// <summary>The policy being trained.</summary>
    public JanusPolicy Policy { get; }

    /// <summary>How it is trained. Learning rate, loss and gradient norm may change between steps; the rest is fixed by the constructor.</summary>
    public LearnerSettings Settings { get; set; }

    /// <summary>Steps finished; also the version of the weights.</summary>
    public int Version { get; set; }

    /// <summary>What is trained, in the model's order.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Trainable { get; }

    /// <summary>The optimiser and its moments.</summary>
    public AdamWOptimizer Optimizer { get; }

    /// <summary>The starting point that the KL term pulls towards; null when that term is off.</summary>
    public ReferencePolicy? Reference { get; }

    /// <summary>
    /// Makes the updates of one step and raises the version. The result depends on the groups in the order given, the weights, the
    /// moments and the version, on nothing else. When every advantage is zero and there is no KL term, the weights stay as they are.
    /// </summary>
    /// <param name="groups">Scored groups, the caller's order; may be empty.</param>
    public StepMetrics Step(IReadOnlyList<TrainGroup> groups)
    {
        using var scope = NewDisposeScope();
        var learningRate = Settings.LearningRate.At(Version);
        var metrics = new MetricReducer();
        metrics.Mean("optim/lr", learningRate);
        metrics.Mean("optim/grad_norm", 0, groups.Count == 0 ? 1 : 0);
        if (groups.Count > 0)
        {
            BatchMetrics.Add(metrics, groups, Version, Policy.Tokenizer.EosId);
            var work = Prepare(TaskBatch.Split(groups, Settings));
            for (var update = 0; update < Settings.UpdatesPerBatch; update++)
            {
                Accumulate(work, metrics, isFirst: update == 0);
                metrics.Mean("optim/grad_norm", Optimizer.Step(learningRate, Settings.MaxGradNorm));
            }

            Optimizer.ClearGradients();
        }

        Version++;
        return new(Version, Version, metrics.Reduce());
    }

    /// <summary>The gradient of a batch's loss at the present weights, by parameter name; parameters that it does not reach are left out. Changes nothing.</summary>
    public IReadOnlyDictionary<string, float[]> GradientsOf(IReadOnlyList<TrainGroup> groups)
    {
        using var scope = NewDisposeScope();
        var work = Prepare(TaskBatch.Split(groups, Settings));
        Accumulate(work, new(), isFirst: true);
        var gradients = Trainable
            .Where(t => t.Parameter.grad is not null)
            .ToDictionary(t => t.Name, t => t.Parameter.grad!.to(float32).cpu().contiguous().data<float>().ToArray());
        Optimizer.ClearGradients();
        return gradients;
    }

    /// <summary>Replaces the trained weights by those of a file with the model's tensor names.</summary>
    /// <exception cref="Modeling.ModelFileException">A trained tensor is missing or has another shape.</exception>
    public void LoadWeights(SafetensorsFile file)
    {
        foreach (var (name, parameter) in Trainable) ParameterTensors.Copy(file, name, parameter);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Reference?.Dispose();
    }

    private MicroBatch[] Prepare(IReadOnlyList<TaskBatch> batches)
    {
        MicroBatch[] work = [.. batches.SelectMany(b => b.MicroBatches.Select(m => new MicroBatch(b, m, _forward, Settings.OffPolicy)))];
        FillReference(work);
        return work;
    }

    private void Accumulate(MicroBatch[] work, MetricReducer metrics, bool isFirst)
    {
        Optimizer.ClearGradients();
        foreach (var micro in work)
        {
            using var scope = NewDisposeScope();
            var (logp_BT, entropy_BT) = micro.LogProbs();
            micro.KeepOld(logp_BT);
            var (loss, measured) = PairGrpoLoss.Compute(
                logp_BT, micro.LogpOld_BT!, micro.LogpRef_BT, micro.Advantage_B, micro.Mask_BT, Settings.Loss, micro.Denominator, micro.Importance_BT);
            (loss * micro.TaskWeight).backward();
            micro.Measure(metrics, measured, logp_BT, entropy_BT, isFirst);
        }
    }

    private void FillReference(MicroBatch[] work)
    {
        Reference?.With(() =>
        {
            foreach (var micro in work)
            {
                using var scope = NewDisposeScope();
                micro.LogpRef_BT = micro.LogProbs().Logp_BT.detach().clone().MoveToOuterDisposeScope();
            }

            return 0;
        });
    }
}
