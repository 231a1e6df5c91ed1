using PairUni.Modeling.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

/// <summary>A copy of the trained part of the policy as it was at the start, which the KL term pulls towards.</summary>
public sealed class ReferencePolicy : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _trainable;
    private readonly Tensor[] _copies;

    /// <summary>Copies the parameters as they are now; costs their memory once more.</summary>
    public ReferencePolicy(IReadOnlyList<(string Name, Parameter Parameter)> trainable)
    {
        _trainable = trainable;
        using var untracked = no_grad();
        _copies = [.. trainable.Select(t => t.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Runs <paramref name="work"/> without gradients while the model holds the reference's weights.</summary>
    public T With<T>(Func<T> work)
    {
        using var untracked = no_grad();
        Swap();
        try
        {
            return work();
        }
        finally
        {
            Swap();
        }
    }

    /// <summary>The copies by parameter name.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors() => _trainable.Select((t, i) => (t.Name, _copies[i]));

    /// <summary>Replaces the copies by those of a file.</summary>
    public void Load(SafetensorsFile file)
    {
        foreach (var (name, tensor) in Tensors()) ParameterTensors.Copy(file, name, tensor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var copy in _copies) copy.Dispose();
    }

    private void Swap()
    {
        for (var i = 0; i < _copies.Length; i++)
        {
            using var scope = NewDisposeScope();
            var current = _trainable[i].Parameter.detach().clone();
            _trainable[i].Parameter.copy_(_copies[i]);
            _copies[i].copy_(current);
        }
    }
}
