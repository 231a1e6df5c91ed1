using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs, null for those that do not matter if allowed.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var found = new nint[inputs.Count];
            var o = Handles(outputs);
            var i = Handles(inputs);
            var g = Handles(grad_outputs);
            fixed (nint* op = o, ip = i, gp = g, fp = found)
                Native.Check(Native.pt_autograd_grad(op, o.Length, ip, i.Length, gp, g.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, fp));
            KeepAlive(outputs, inputs, grad_outputs);
            return Array.ConvertAll(found, handle => handle == 0 ? null! : Tensor.Own(handle));
        }

        /// <summary>Adds to the gradients of the leaves (or of <paramref name="inputs"/> alone) those of the tensors.</summary>
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var t = Handles(tensors);
            var g = Handles(grad_tensors);
            var i = Handles(inputs);
            fixed (nint* tp = t, gp = g, ip = i)
                Native.Check(Native.pt_backward(tp, t.Length, gp, g.Length, retain_graph is null ? -1 : retain_graph.Value ? 1 : 0, create_graph ? 1 : 0, ip, i.Length));
            KeepAlive(tensors, grad_tensors, inputs);
        }

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward(new[] { tensor }, grad_tensors, retain_graph, create_graph, inputs);

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>
        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward(new[] { tensor }, new[] { grad_tensor }, retain_graph, create_graph, inputs);

        internal static nint[] Handles(IEnumerable<Tensor?>? tensors) => tensors is null ? [] : [.. tensors.Select(tensor => tensor is null ? 0 : tensor.Handle)];

        private static void KeepAlive(params IList<Tensor>?[] lists)
        {
            foreach (var list in lists)
                GC.KeepAlive(list);
        }
    }
}
