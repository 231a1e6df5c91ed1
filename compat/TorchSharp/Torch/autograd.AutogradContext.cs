namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function's forward leaves for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private readonly List<Tensor> saved = [];

            internal AutogradContext()
            {
            }

            /// <summary>Whether a missing gradient of an output is handed to backward as zeros.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors, independent of any dispose scope, until the graph is released.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                foreach (var tensor in tensors)
                    saved.Add(tensor.alias().DetachFromDisposeScope());
            }

            public void save_data(string key, object value) => data[key] = value;

            public object get_data(string key) => data[key];

            public List<Tensor> get_saved_variables() => saved;

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                foreach (var tensor in saved)
                    tensor.Dispose();
                saved.Clear();
            }
        }
    }
}
