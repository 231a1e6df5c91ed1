using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

// B images, N cells, D width of a cell's features, A attributes, K classes

/// <summary>
/// A linear classifier of cells, thrown away after training: its gradient makes the features below it tell objects apart much sooner
/// than reconstruction or answers alone do.
/// </summary>
internal sealed class CellHead : IDisposable
{
    private const double EmptyWeight = 0.3; // most cells are empty

    private readonly int _attributes;
    private readonly int _classes;
    private readonly double _scale;
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    /// <summary>A head with small random weights.</summary>
    /// <param name="width">Width of the features, D.</param>
    /// <param name="data">Says how many attributes and classes there are.</param>
    /// <param name="scale">Factor on the features before the layer.</param>
    /// <param name="seed">Seed of the weights.</param>
    public CellHead(long width, IPretrainingData data, double scale, ulong seed)
    {
        (_attributes, _classes, _scale) = (data.Attributes, data.Classes, scale);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed, CPU);
        long outputs = _attributes * _classes;
        var bound = Math.Pow(width, -0.5);
        _weight = new Parameter(empty([outputs, width]).uniform_(-bound, bound, generator));
        _bias = new Parameter(zeros([outputs]));
        _weight.DetachFromDisposeScope();
        _bias.DetachFromDisposeScope();
    }

    /// <summary>What the optimiser trains.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters => [("cell_head.weight", _weight), ("cell_head.bias", _bias)];

    /// <summary>Every cell's classes, [cells, attributes].</summary>
    public static Tensor Labels(IEnumerable<CellExample> examples, int attributes) =>
        tensor(examples.SelectMany(e => e.Labels.Select(l => (long)l)).ToArray()).view(-1, attributes);

    /// <summary>Cross-entropy, summed over attributes and averaged over cells, empty ones counting less.</summary>
    public Tensor Loss(Tensor features_BND, IEnumerable<CellExample> examples)
    {
        var labels_MA = Labels(examples, _attributes);
        var logits_MAK = F.linear(features_BND.flatten(0, 1) * _scale, _weight, _bias).view(-1, _attributes, _classes);
        var loss_M = F.cross_entropy(logits_MAK.flatten(0, 1), labels_MA.flatten(), reduction: nn.Reduction.None).view(-1, _attributes).sum(1);
        var isEmpty_M = labels_MA.select(1, 0).eq(_classes - 1);
        return (loss_M * (1 - isEmpty_M.to(loss_M.dtype) * (1 - EmptyWeight))).mean();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
