using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>The tensors of one group's AdamW step, handed to native code at once.</summary>
internal sealed unsafe class AdamWBatch
{
    private readonly List<torch.Tensor> parameters = [];
    private readonly List<torch.Tensor> grads = [];
    private readonly List<torch.Tensor> means = [];
    private readonly List<torch.Tensor> squares = [];
    private readonly List<torch.Tensor> largest = [];
    private readonly List<long> steps = [];

    public void Add(torch.Tensor parameter, torch.Tensor grad, torch.Tensor mean, torch.Tensor square, torch.Tensor? top, long step)
    {
        parameters.Add(parameter);
        grads.Add(grad);
        means.Add(mean);
        squares.Add(square);
        if (top is not null)
            largest.Add(top);
        steps.Add(step);
    }

    public void Step(double lr, double beta1, double beta2, double eps, double weightDecay, bool maximize)
    {
        if (parameters.Count == 0)
            return;
        fixed (nint* p = torch.autograd.Handles(parameters), g = torch.autograd.Handles(grads), m = torch.autograd.Handles(means), v = torch.autograd.Handles(squares), top = torch.autograd.Handles(largest))
        fixed (long* s = steps.ToArray())
            Native.Check(Native.pt_adamw(p, g, m, v, largest.Count == 0 ? null : top, s, parameters.Count, lr, beta1, beta2, eps, weightDecay, maximize ? 1 : 0));
        foreach (var grad in grads)
            grad.Dispose();
        GC.KeepAlive(this);
    }
}
