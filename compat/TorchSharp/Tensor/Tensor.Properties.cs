using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => dim();

        public long ndim => dim();

        public long NumberOfElements => numel();

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => element_size();

        public long[] shape => size();

        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.pt_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        /// <summary>A new object each time; compare <see cref="device_type"/> and <see cref="device_index"/>.</summary>
        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)(int)(PackedDevice & 0xffffffff);

        /// <summary>-1 for the CPU.</summary>
        public int device_index => (int)(PackedDevice >> 32);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse
        {
            get
            {
                var sparse = Native.pt_is_sparse(Handle) == 1;
                GC.KeepAlive(this);
                return sparse;
            }
        }

        public bool is_leaf
        {
            get
            {
                var leaf = Native.pt_is_leaf(Handle) == 1;
                GC.KeepAlive(this);
                return leaf;
            }
        }

        public bool requires_grad
        {
            get
            {
                var requires = Native.pt_requires_grad(Handle) == 1;
                GC.KeepAlive(this);
                return requires;
            }
            set
            {
                Native.Check(Native.pt_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        private long PackedDevice
        {
            get
            {
                var packed = Native.pt_device(Handle);
                GC.KeepAlive(this);
                return packed;
            }
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public long dim()
        {
            var count = Native.pt_dim(Handle);
            GC.KeepAlive(this);
            return count;
        }

        public long numel()
        {
            var count = Native.pt_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }

        public long element_size()
        {
            var bytes = Native.pt_element_size(Handle);
            GC.KeepAlive(this);
            return bytes;
        }

        public unsafe long[] size()
        {
            var sizes = new long[dim()];
            fixed (long* target = sizes)
                Native.pt_sizes(Handle, target);
            GC.KeepAlive(this);
            return sizes;
        }

        /// <summary>The length of a dimension; negative ones count from the end.</summary>
        /// <exception cref="IndexOutOfRangeException">There is no such dimension.</exception>
        public unsafe long size(int dim)
        {
            var count = (int)this.dim();
            var at = dim < 0 ? dim + count : dim;
            if ((uint)at >= (uint)count)
                throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [{-Math.Max(count, 1)}, {Math.Max(count, 1) - 1}], but got {dim})");
            var sizes = stackalloc long[count];
            Native.pt_sizes(Handle, sizes);
            GC.KeepAlive(this);
            return sizes[at];
        }

        public unsafe long[] stride()
        {
            var strides = new long[dim()];
            fixed (long* target = strides)
                Native.Check(Native.pt_strides(Handle, target));
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)this.dim() : dim];

        public long storage_offset()
        {
            var offset = Native.pt_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset;
        }

        public bool is_contiguous()
        {
            var contiguous = Native.CheckNotNegative(Native.pt_is_contiguous(Handle)) == 1;
            GC.KeepAlive(this);
            return contiguous;
        }

        public bool is_pinned()
        {
            var pinned = Native.CheckNotNegative(Native.pt_is_pinned(Handle)) == 1;
            GC.KeepAlive(this);
            return pinned;
        }

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>A second object for the same native tensor.</summary>
        public Tensor alias()
        {
            var other = Own(Native.pt_tensor_alias(Handle));
            GC.KeepAlive(this);
            return other;
        }

        public override string ToString()
        {
            var type = dtype;
            return $"[{string.Join("x", shape)}], type = {type}, device = {device}";
        }
    }
}
