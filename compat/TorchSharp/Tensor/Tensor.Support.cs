using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The same elements in another shape, without a copy; one length may be -1.</summary>
        public Tensor view(params long[] shape)
        {
            fixed (long* sizes = shape)
            {
                var result = Own(Native.pt_view(Handle, sizes, shape.Length));
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>The same elements in another shape, copied only if need be; one length may be -1.</summary>
        public Tensor reshape(params long[] shape)
        {
            fixed (long* sizes = shape)
            {
                var result = Own(Native.pt_reshape(Handle, sizes, shape.Length));
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>All dimensions reversed.</summary>
        public Tensor T => Ops.numpy_T.Call(this);

        /// <summary>The last two dimensions swapped.</summary>
        public Tensor mT => Ops.mT.Call(this);

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Of the object, not of the elements.</summary>
        public override int GetHashCode() => base.GetHashCode();

        internal Tensor With(bool requires_grad)
        {
            if (requires_grad)
                this.requires_grad = true;
            return this;
        }

        /// <summary>This tensor in the given type, which replaces it.</summary>
        private Tensor Typed(ScalarType? type) => type is null || type == dtype ? this : to_type(type.Value, disposeAfter: true);

        private static Tensor Returning(Op op, params ReadOnlySpan<Arg> args)
        {
            op.Do(args);
            return (Tensor)args[0].Owner!;
        }

        private Tensor Unflattened(long dim, long[] sizes)
        {
            var shape = this.shape;
            var at = (int)(dim < 0 ? dim + shape.Length : dim);
            return view([.. shape[..at], .. sizes, .. shape[(at + 1)..]]);
        }
    }
}
