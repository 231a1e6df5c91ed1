using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A CPU tensor over the array's own memory, pinned while the tensor lives; a copy if type or device differ.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var shape = new long[rawArray.Rank];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = rawArray.GetLongLength(i);
        var type = TypeOf(rawArray.GetType().GetElementType()!);
        return Finish(Shared(rawArray, type, shape, 0), dtype ?? type, device, requires_grad);
    }

    /// <summary>A one-dimensional CPU tensor over part of an array's own memory, read as <paramref name="dtype"/>.</summary>
    /// <param name="count">elements of the tensor; -1 for all</param>
    /// <param name="offset">bytes that are skipped</param>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var total = rawArray.LongLength * Marshal.SizeOf(rawArray.GetType().GetElementType()!);
        if (rawArray.GetType().GetElementType() == typeof(bool))
            total = rawArray.LongLength;
        var width = dtype.ElementSize();
        if (offset < 0 || offset > total)
            throw new ArgumentOutOfRangeException(nameof(offset), $"The offset {offset} lies outside the buffer of {total} bytes.");
        if (count < 0)
            count = (total - offset) / width;
        if (count * width > total - offset)
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} elements of {width} bytes do not fit in {total - offset} bytes.");
        return Shared(rawArray, dtype, [count], offset).With(requires_grad);
    }

    /// <summary>A one-dimensional CPU tensor over a file's own bytes; unless <paramref name="shared"/>, writing to it leaves the file as it is.</summary>
    /// <param name="size">elements to map</param>
    public static Tensor from_file(string filename, bool? shared = null, long? size = 0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.from_file.Call(filename, shared is { } flag ? flag : Arg.None, size, dtype, Arg.None, device).With(requires_grad);

    private static Tensor Shared(Array array, ScalarType type, long[] shape, long offset)
    {
        if (array.LongLength == 0)
            return Empty(shape, type, CPU);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        fixed (long* sizes = shape)
        {
            var handle = Native.pt_from_blob((byte*)pin.AddrOfPinnedObject() + offset, sizes, shape.Length, (int)type, &Unpin, (void*)GCHandle.ToIntPtr(pin));
            if (handle == 0)
                pin.Free();
            return Tensor.Own(handle);
        }
    }

    [UnmanagedCallersOnly]
    private static void Unpin(void* pin) => GCHandle.FromIntPtr((nint)pin).Free();

    private static Tensor Empty(ReadOnlySpan<long> size, ScalarType? dtype, Device? device)
    {
        device = InitializeDevice(device);
        fixed (long* sizes = size)
            return Tensor.Own(Native.pt_empty(sizes, size.Length, (int)(dtype ?? get_default_dtype()), (int)device.type, device.index));
    }

    private static Tensor Of<T>(T[] data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged => Of((ReadOnlySpan<T>)data, dimensions, dtype, device, requires_grad);

    private static Tensor Of<T>(Span<T> data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged => Of((ReadOnlySpan<T>)data, dimensions, dtype, device, requires_grad);

    private static Tensor Of<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var type = TypeOf(typeof(T));
        var tensor = Empty(dimensions, type, CPU);
        if (tensor.numel() != data.Length)
        {
            tensor.Dispose();
            throw new ArgumentException($"mismatched total size creating a tensor from an array: expected {dimensions.ToArray().Aggregate(1L, (a, b) => a * b)}, found {data.Length}");
        }

        data.CopyTo(new Span<T>(tensor.DataPointer, data.Length));
        GC.KeepAlive(tensor);
        return Finish(tensor, dtype ?? type, device, requires_grad);
    }

    private static Tensor Of<T>(Array data, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var shape = new long[data.Rank];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = data.GetLongLength(i);
        var flat = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(data)), data.Length);
        return Of(flat, shape, dtype, device, requires_grad);
    }

    private static Tensor Finish(Tensor tensor, ScalarType dtype, Device? device, bool requires_grad)
    {
        device = InitializeDevice(device);
        if (dtype != tensor.dtype || device.type != DeviceType.CPU)
            tensor = tensor.to(dtype, device, disposeAfter: true);
        return tensor.With(requires_grad);
    }

    private static T[] Flat<T>(IList<T> list) => list as T[] ?? [.. list];
}
