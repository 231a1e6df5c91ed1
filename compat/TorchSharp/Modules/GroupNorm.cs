using TorchSharp.Utils;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules;

/// <summary>Normalises over groups of channels; Wu and He 2018.</summary>
public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (!affine)
            return;
        weight = new Parameter(torch.ones(num_channels, dtype, device));
        bias = new Parameter(torch.zeros(num_channels, dtype, device));
    }

    /// <summary>Null without bias.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    /// <summary>Null without learned scale.</summary>
    public Parameter? weight
    {
        get => _weight;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    public long num_groups { get; set; }

    public double eps { get; set; }

    public bool affine { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => F.group_norm(tensor, num_groups, _weight, _bias, eps);
}
