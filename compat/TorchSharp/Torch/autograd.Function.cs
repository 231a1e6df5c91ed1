using System.Runtime.InteropServices;
using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A differentiable function with a backward of its own.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> grads);

            internal static List<Tensor> Apply(object[] vars)
            {
                var function = new T();
                var ctx = new AutogradContext();
                var inputs = vars.OfType<Tensor>().ToArray();
                List<Tensor> outputs;
                using (no_grad())
                    outputs = function.Forward(ctx, vars);
                if (is_grad_enabled() && inputs.Any(input => input.requires_grad))
                    return new CallbackNode(ctx, grads => function.Backward(ctx, grads), vars).Attach(inputs, outputs);
                ctx.Dispose();
                return outputs;
            }
        }

        /// <summary>A function with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Runs forward on tensors and other values, and records backward if a tensor requires a gradient.</summary>
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <returns>a gradient for each of forward's arguments; null where there is none</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal override List<Tensor> Forward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal override List<Tensor> Backward(AutogradContext ctx, List<Tensor> grads) => backward(ctx, grads[0]);
        }

        /// <summary>A function with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            /// <inheritdoc cref="SingleTensorFunction{T}.apply(object[])"/>
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <returns>a gradient for each of forward's arguments; null where there is none</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal override List<Tensor> Forward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal override List<Tensor> Backward(AutogradContext ctx, List<Tensor> grads) => backward(ctx, grads);
        }

        /// <summary>The managed half of a graph node; lives until libtorch releases the node.</summary>
        internal sealed unsafe class CallbackNode(AutogradContext ctx, Func<List<Tensor>, List<Tensor>> backward, object[] vars)
        {
            private readonly bool[] isTensor = Array.ConvertAll(vars, value => value is Tensor);
            private List<(long[] shape, ScalarType type, Device device)> outputs = [];

            public List<Tensor> Attach(Tensor[] inputs, List<Tensor> results)
            {
                outputs = results.ConvertAll(result => (result.shape, result.dtype, result.device));
                var attached = new nint[results.Count];
                var state = GCHandle.Alloc(this);
                fixed (nint* i = Handles(inputs), o = Handles(results), a = attached)
                {
                    if (Native.pt_attach_node(i, inputs.Length, o, results.Count, a, &Run, &Release, (void*)GCHandle.ToIntPtr(state)) != 0)
                        throw Native.LastError();
                }

                GC.KeepAlive(inputs);
                foreach (var result in results)
                    if (!inputs.Contains(result, ReferenceEqualityComparer.Instance))
                        result.Dispose();
                return [.. attached.Select(Tensor.Own)];
            }

            [UnmanagedCallersOnly]
            private static int Run(void* state, nint* grads, int count, nint* results)
            {
                try
                {
                    ((CallbackNode)GCHandle.FromIntPtr((nint)state).Target!).Run(new Span<nint>(grads, count), results);
                    return 0;
                }
                catch (Exception failure)
                {
                    // No exception may cross into native code; the engine throws this message on.
                    fixed (byte* message = Encoding.UTF8.GetBytes($"{failure.GetType().Name}: {failure.Message}\0"))
                        Native.pt_set_error(message);
                    return 1;
                }
            }

            [UnmanagedCallersOnly]
            private static void Release(void* state)
            {
                var handle = GCHandle.FromIntPtr((nint)state);
                ((CallbackNode)handle.Target!).Dispose();
                handle.Free();
            }

            private void Dispose() => ctx.Dispose();

            private void Run(Span<nint> grads, nint* results)
            {
                using var scope = NewDisposeScope();
                var given = new List<Tensor>();
                for (var i = 0; i < grads.Length; i++)
                {
                    if (grads[i] != 0)
                        given.Add(Tensor.Own(grads[i]));
                    else
                        given.Add(ctx.MaterializeGrads ? zeros(outputs[i].shape, outputs[i].type, outputs[i].device) : null!);
                }

                var found = backward(given);
                var count = isTensor.Count(tensor => tensor);
                if (found.Count != isTensor.Length && found.Count != count)
                    throw new InvalidOperationException($"backward returned {found.Count} gradients for {isTensor.Length} arguments.");
                var kept = found.Count == isTensor.Length ? found.Where((_, i) => isTensor[i]).ToList() : found;
                for (var i = 0; i < kept.Count; i++)
                    results[i] = kept[i] is { } gradient ? Native.pt_tensor_alias(gradient.Handle) : 0;
                GC.KeepAlive(kept);
            }
        }
    }
}
