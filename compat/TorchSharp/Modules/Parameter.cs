namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. Takes over the native tensor of the one it is given, which is then as if disposed.</summary>
public class Parameter : torch.Tensor
{
    /// <param name="requires_grad">whether backward accumulates a gradient for it</param>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.DecoupleFromNativeHandle())
    {
        DetachFromDisposeScope();
        this.requires_grad = requires_grad;
    }
}
