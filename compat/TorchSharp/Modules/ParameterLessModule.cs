namespace TorchSharp.Modules;

/// <summary>A module without parameters, buffers or submodules.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw new InvalidOperationException($"Cannot register a buffer on {GetName()}.");

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) => throw new InvalidOperationException($"Cannot register a parameter on {GetName()}.");

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_module(string name, torch.nn.Module submodule) => throw new InvalidOperationException($"Cannot register a module on {GetName()}.");
}
