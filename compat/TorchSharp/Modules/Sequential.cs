namespace TorchSharp.Modules;

/// <summary>Modules one after another; what lies between them is disposed.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> stages = [];

    protected Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => stages.Count;

    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => stages[index];

    internal static Sequential Of(IEnumerable<(string, torch.nn.Module<torch.Tensor, torch.Tensor>)> modules) => new(modules.ToArray());

    internal static Sequential Of(IEnumerable<torch.nn.Module<torch.Tensor, torch.Tensor>> modules) => new(modules.ToArray());

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        register_module(name, (torch.nn.Module)module);
        stages.Add(module);
        return this;
    }

    /// <summary>Adds a module under its position as name.</summary>
    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
        append(stages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (stages.Count == 0)
            return tensor.alias();
        var current = stages[0].call(tensor);
        for (var i = 1; i < stages.Count; i++)
        {
            var next = stages[i].call(current);
            if (!ReferenceEquals(next, current))
                current.Dispose();
            current = next;
        }

        return current;
    }
}
