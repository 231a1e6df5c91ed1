using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The gradient that backward accumulated, as a new object; null without one.</summary>
        public Tensor? grad
        {
            get
            {
                nint found;
                Native.Check(Native.pt_grad(Handle, &found));
                GC.KeepAlive(this);
                return found == 0 ? null : Own(found);
            }
            set
            {
                Native.Check(Native.pt_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Gradients of this scalar for the leaves that it depends on.</summary>
        public void backward() => backward(null);

        /// <inheritdoc cref="autograd.backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            Native.Check(Native.pt_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The same values outside the graph.</summary>
        public Tensor detach() => Ops.detach.Call(this);

        public Tensor detach_() => Ops.detach_.Call(this);
    }
}
