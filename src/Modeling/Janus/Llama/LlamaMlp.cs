using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>down(silu(gate(x)) * up(x)).</summary>
public sealed class LlamaMlp : nn.Module<Tensor, Tensor>
{
    internal readonly FusedLinear GateUp;
    internal readonly LinearLayer gate_proj;
    internal readonly LinearLayer up_proj;
    internal readonly LinearLayer down_proj;

    internal LlamaMlp(Layers make, LlamaConfig config) : base(nameof(LlamaMlp))
    {
        GateUp = new FusedLinear(make, config.HiddenSize, config.IntermediateSize, config.IntermediateSize);
        (gate_proj, up_proj) = (GateUp[0], GateUp[1]);
        down_proj = make.Linear(config.IntermediateSize, config.HiddenSize, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD) => down_proj.forward(F.silu(gate_proj.forward(x_BTD)) * up_proj.forward(x_BTD));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            GateUp.Dispose();
        base.Dispose(disposing);
    }
}
