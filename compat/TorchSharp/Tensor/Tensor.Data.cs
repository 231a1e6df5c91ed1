using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The memory of a contiguous CPU tensor itself; valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is on another device or not contiguous.</exception>
        /// <exception cref="ArgumentException">It holds more than a span can: 2 GiB.</exception>
        public Span<byte> bytes
        {
            get
            {
                RequireContiguousCpu();
                var count = numel() * element_size();
                if (count > int.MaxValue)
                    throw new ArgumentException($"The tensor holds {count} bytes, more than a span can: use WriteBytesToStream.");
                return new Span<byte>(DataPointer, (int)count);
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException($"{value.Length} bytes do not fill the tensor's {target.Length}.", nameof(value));
                value.CopyTo(target);
            }
        }

        /// <summary>The address of the first element; null for an empty tensor.</summary>
        internal void* DataPointer
        {
            get
            {
                var data = Native.pt_data(Handle);
                if (data == null && numel() > 0)
                    throw Native.LastError();
                GC.KeepAlive(this);
                return data;
            }
        }

        /// <summary>The elements as .NET values; T must be the element type exactly. On another device they are copied first.</summary>
        /// <exception cref="ArgumentException">T is another type than the tensor's.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The value of a tensor with one element; T must be the element type exactly.</summary>
        /// <exception cref="ArgumentException">T is another type than the tensor's, or there is not one element.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            RequireType<T>();
            var value = Value();
            if (typeof(T) == typeof(float))
                return (T)(object)(float)value.Real;
            if (typeof(T) == typeof(double))
                return (T)(object)value.Real;
            if (typeof(T) == typeof(Half))
                return (T)(object)(Half)value.Real;
            if (typeof(T) == typeof(long))
                return (T)(object)value.Integer;
            if (typeof(T) == typeof(int))
                return (T)(object)(int)value.Integer;
            if (typeof(T) == typeof(short))
                return (T)(object)(short)value.Integer;
            if (typeof(T) == typeof(byte))
                return (T)(object)(byte)value.Integer;
            if (typeof(T) == typeof(sbyte))
                return (T)(object)(sbyte)value.Integer;
            if (typeof(T) == typeof(bool))
                return (T)(object)(value.Integer != 0);
            throw new ArgumentException($"{typeof(T).Name} elements cannot be read as one value.");
        }

        /// <summary>The value of a tensor with one element.</summary>
        public Scalar ToScalar()
        {
            var value = Value();
            return value.Tag switch
            {
                ArgTag.Double => value.Real,
                ArgTag.Bool => value.Integer != 0,
                _ => value.Integer,
            };
        }

        internal NativeArg Value()
        {
            NativeArg value;
            Native.Check(Native.pt_item(Handle, &value));
            GC.KeepAlive(this);
            return value;
        }

        internal double DoubleValue()
        {
            var value = Value();
            return value.Tag == ArgTag.Double ? value.Real : value.Integer;
        }

        internal long LongValue()
        {
            var value = Value();
            return value.Tag == ArgTag.Double ? (long)value.Real : value.Integer;
        }

        public bool is_nonzero() => DoubleValue() != 0;

        public static explicit operator float(Tensor value) => (float)value.DoubleValue();
        public static explicit operator double(Tensor value) => value.DoubleValue();
        public static explicit operator sbyte(Tensor value) => (sbyte)value.LongValue();
        public static explicit operator byte(Tensor value) => (byte)value.LongValue();
        public static explicit operator short(Tensor value) => (short)value.LongValue();
        public static explicit operator int(Tensor value) => (int)value.LongValue();
        public static explicit operator long(Tensor value) => value.LongValue();
        public static explicit operator bool(Tensor value) => value.DoubleValue() != 0;

        /// <summary>The element at a flat position of a contiguous CPU tensor.</summary>
        public T ReadCpuValue<T>(long i)
            where T : unmanaged
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            RequireType<T>();
            if (i < 0 || i >= numel())
                throw new IndexOutOfRangeException("The index is greater than the number of elements in the tensor");
            var value = Unsafe.ReadUnaligned<T>((T*)DataPointer + i);
            GC.KeepAlive(this);
            return value;
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuBFloat16(long i)
        {
            if (device_type != DeviceType.CPU || dtype != ScalarType.BFloat16)
                throw new InvalidOperationException("ReadCpuBFloat16 needs a bfloat16 tensor on the CPU.");
            if (i < 0 || i >= numel())
                throw new IndexOutOfRangeException("The index is greater than the number of elements in the tensor");
            var bits = ((ushort*)DataPointer)[i];
            GC.KeepAlive(this);
            return BitConverter.UInt32BitsToSingle((uint)bits << 16);
        }

        /// <summary>Writes the raw bytes of a contiguous CPU tensor, of any size.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireContiguousCpu();
            var left = numel() * element_size();
            for (var at = (byte*)DataPointer; left > 0;)
            {
                var count = (int)Math.Min(left, 1 << 20);
                stream.Write(new ReadOnlySpan<byte>(at, count));
                at += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        /// <summary>Fills a contiguous CPU tensor with raw bytes.</summary>
        /// <exception cref="EndOfStreamException">The stream holds fewer bytes than the tensor.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireContiguousCpu();
            var left = numel() * element_size();
            for (var at = (byte*)DataPointer; left > 0;)
            {
                var count = (int)Math.Min(left, 1 << 20);
                stream.ReadExactly(new Span<byte>(at, count));
                at += count;
                left -= count;
            }

            GC.KeepAlive(this);
        }

        private void RequireType<T>()
        {
            if (TypeOf(typeof(T)) != dtype)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
        }

        private void RequireContiguousCpu()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            if (!is_contiguous())
                throw new InvalidOperationException("The bytes of a non-contiguous tensor cannot be read or written in place: call contiguous() first.");
        }
    }
}
