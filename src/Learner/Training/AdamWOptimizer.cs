using PairUni.Modeling.Files;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

/// <summary>AdamW (Loshchilov and Hutter 2019) over named parameters, whose moments can be saved and put back exactly.</summary>
public sealed class AdamWOptimizer : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _parameters;
    private readonly AdamW _adam;

    /// <summary>An optimiser with zero moments.</summary>
    public AdamWOptimizer(IReadOnlyList<(string Name, Parameter Parameter)> parameters, double beta1, double beta2, double eps, double weightDecay)
    {
        _parameters = parameters;
        _adam = new AdamW(parameters.Select(p => p.Parameter), beta1: beta1, beta2: beta2, eps: eps, weight_decay: weightDecay);
    }

    /// <summary>Clips the gradients to a global L2 norm and updates every parameter that has one.</summary>
    /// <param name="learningRate">Rate of this update.</param>
    /// <param name="maxGradNorm">Norm to scale down to; 0 leaves gradients alone.</param>
    /// <returns>The norm before clipping.</returns>
    public double Step(double learningRate, double maxGradNorm)
    {
        Parameter[] withGradient = [.. _parameters.Select(p => p.Parameter).Where(HasGradient)];
        if (withGradient.Length == 0) return 0;
        var norm = nn.utils.clip_grad_norm_(withGradient, maxGradNorm > 0 ? maxGradNorm : double.PositiveInfinity);
        foreach (var group in _adam.ParamGroups) group.LearningRate = learningRate;
        _adam.step();
        return norm;
    }

    /// <summary>
    /// Drops the gradients. They are set to none, not to zero: a parameter that a batch does not reach then stays as it is, so an
    /// update depends on the saved state and the batch alone.
    /// </summary>
    public void ClearGradients()
    {
        foreach (var (_, parameter) in _parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is not null) parameter.grad = null!;
        }
    }

    /// <summary>First moments, second moments and update counts: &lt;parameter&gt;.exp_avg, .exp_avg_sq, .step (I64).</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors()
    {
        foreach (var (name, state) in States())
        {
            yield return (name + ".exp_avg", state.exp_avg);
            yield return (name + ".exp_avg_sq", state.exp_avg_sq);
            yield return (name + ".step", tensor(state.step));
        }
    }

    /// <summary>Puts moments back.</summary>
    public void Load(SafetensorsFile file)
    {
        foreach (var (name, state) in States())
        {
            ParameterTensors.Copy(file, name + ".exp_avg", state.exp_avg);
            ParameterTensors.Copy(file, name + ".exp_avg_sq", state.exp_avg_sq);
            using var steps = file.Read(name + ".step");
            state.step = steps.ToInt64();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _adam.Dispose();

    private IEnumerable<(string Name, AdamW.State State)> States() =>
        _adam.state_dict().State.Select((s, i) => (_parameters[i].Name, (AdamW.State)s));

    private static bool HasGradient(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null;
    }
}
