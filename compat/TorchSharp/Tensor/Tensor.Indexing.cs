using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>A view for positions and slices, a copy for bool and tensor indices; setting writes through.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(At([i1]), value);
        }

        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => Assign(At([i1, i2]), value);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => Assign(At([i1, i2, i3]), value);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At([i1, i2, i3, i4]);
            set => Assign(At([i1, i2, i3, i4]), value);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => At([i1, i2, i3, i4, i5]);
            set => Assign(At([i1, i2, i3, i4, i5]), value);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At([i1, i2, i3, i4, i5, i6]);
            set => Assign(At([i1, i2, i3, i4, i5, i6]), value);
        }

        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Assign(At(indices), value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var view = Sliced(indices, out var tensors);
            if (tensors is null)
                return view;
            var picked = Ops.index.Call(view, Arg.Optional(tensors));
            view.Dispose();
            return picked;
        }

        public Tensor index(params Tensor[] indices) => Ops.index.Call(this, Arg.Optional(indices));

        /// <summary>Writes values, broadcast, at an index; returns this tensor.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var view = Sliced(indices, out var tensors);
            if (tensors is not null)
                Ops.index_put_.Do(view, Arg.Optional(tensors), value.device_type == view.device_type || value.dim() == 0 ? value : value.to(view.device), accumulate);
            else if (accumulate)
                view.add_(value);
            else
                view.copy_(value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Ops.index_put_.Do(this, Arg.Optional(indices), value, accumulate);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = ScalarLike(value);
            return index_put_(tensor, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var tensor = ScalarLike(value);
            return index_put_(tensor, indices);
        }

        /// <summary>The slice at one position of a dimension, which is dropped.</summary>
        public Tensor select(long dim, long index)
        {
            var view = Own(Native.pt_select(Handle, dim, index));
            GC.KeepAlive(this);
            return view;
        }

        public Tensor slice(long dim, long start, long finish, long step)
        {
            var view = Own(Native.pt_slice(Handle, dim, start, finish, step));
            GC.KeepAlive(this);
            return view;
        }

        private static void Assign(Tensor view, Tensor value)
        {
            using (view)
                view.copy_(value);
        }

        private Tensor ScalarLike(Scalar value) => Ops.full.Call(Array.Empty<long>(), value, dtype, Arg.None, device, Arg.None);

        private Tensor At(ReadOnlySpan<long> indices)
        {
            if (indices.Length == 0)
                return alias();
            var view = select(0, indices[0]);
            for (var i = 1; i < indices.Length; i++)
            {
                var inner = view.select(0, indices[i]);
                view.Dispose();
                view = inner;
            }

            return view;
        }

        /// <summary>Applies all but tensor indices; those come back aligned with the view's dimensions, null when there are none.</summary>
        private Tensor Sliced(TensorIndex[] indices, out Tensor?[]? tensors)
        {
            var view = alias();
            var found = new List<Tensor?>();
            long at = 0, covered = 0;
            var consumed = indices.Sum(index => index.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1L,
                TensorIndex.Kind.Tensor => index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.dim() : 1,
                _ => 0L,
            });
            if (consumed > dim())
                throw new ArgumentException($"too many indices for tensor of dimension {dim()}");
            foreach (var index in indices)
            {
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        Advance(view.select(at, index.start!.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index.start is not null || index.stop is not null || index.step is not null)
                            Advance(view.slice(at, index.start ?? 0, index.stop ?? long.MaxValue, index.step ?? 1));
                        at++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        at += dim() - consumed;
                        break;
                    case TensorIndex.Kind.None:
                        Advance(view.unsqueeze(at++));
                        break;
                    case TensorIndex.Kind.Bool:
                        Advance(view.unsqueeze(at));
                        Put(at++, torch.tensor(index.start == 1).unsqueeze(0));
                        break;
                    default:
                        Put(at, index.tensor!);
                        at += index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.dim() : 1;
                        break;
                }
            }

            tensors = found.Count == 0 ? null : [.. found];
            return view;

            void Advance(Tensor next)
            {
                view.Dispose();
                view = next;
            }

            void Put(long dimension, Tensor tensor)
            {
                for (; covered < dimension; covered++)
                    found.Add(null);
                found.Add(tensor);
                covered += tensor.dtype is ScalarType.Bool or ScalarType.Byte ? tensor.dim() : 1;
            }
        }
    }
}
