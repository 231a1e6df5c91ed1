namespace TorchSharp.Modules;

public sealed partial class GELU
{
    public enum Approximate
    {
        none = 0,
        tanh = 1,
    }
}
