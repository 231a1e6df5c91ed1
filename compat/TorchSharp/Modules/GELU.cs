namespace TorchSharp.Modules;

/// <summary>The Gaussian error linear unit; Hendrycks and Gimpel 2016.</summary>
public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    /// <summary>The exact form, or the one with tanh.</summary>
    public enum Approximate
    {
        none = 0,
        tanh = 1,
    }

    internal GELU(Approximate approximate, bool inplace)
        : base(nameof(GELU))
    {
        this.approximate = approximate;
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public Approximate approximate { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, approximate, inplace);
}
