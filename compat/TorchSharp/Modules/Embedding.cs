using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>Rows of a table by index.</summary>
public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter _weight = null!;

    private readonly long padding;
    private readonly bool scaleByFrequency;

    internal Embedding(long count, long width, long? padding_idx, bool scale_grad_by_freq, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Embedding))
    {
        padding = padding_idx is null ? -1 : padding_idx.Value < 0 ? count + padding_idx.Value : padding_idx.Value;
        scaleByFrequency = scale_grad_by_freq;
        weight = new Parameter(torch.empty(count, width, dtype, device));
        torch.nn.init.normal_(_weight);
        if (padding < 0)
            return;
        using var guard = torch.no_grad();
        using var row = _weight[padding];
        row.zero_();
    }

    public Parameter weight
    {
        get => _weight;
        set => SetParameter(nameof(weight), ref _weight!, value);
    }

    public override torch.Tensor forward(torch.Tensor input) => Ops.embedding.Call(_weight, input, padding, scaleByFrequency, false);
}
