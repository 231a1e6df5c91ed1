using System.Collections;

namespace TorchSharp.Interop;

/// <summary>An operator's argument before it is laid out for native code; keeps what it points at alive.</summary>
internal readonly struct Arg
{
    public readonly object? Owner;
    public readonly long Bits;
    public readonly ArgTag Tag;

    public Arg(ArgTag tag, long bits, object? owner = null)
    {
        Tag = tag;
        Bits = bits;
        Owner = owner;
    }

    public static Arg None => default;

    public static implicit operator Arg(torch.Tensor? value) => value is null ? default : new(ArgTag.Tensor, value.Handle, value);
    public static implicit operator Arg(long value) => new(ArgTag.Int, value);
    public static implicit operator Arg(int value) => new(ArgTag.Int, value);
    public static implicit operator Arg(long? value) => value is null ? default : new(ArgTag.Int, value.Value);
    public static implicit operator Arg(double value) => new(ArgTag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(double? value) => value is null ? default : (Arg)value.Value;
    public static implicit operator Arg(bool value) => new(ArgTag.Bool, value ? 1 : 0);
    public static implicit operator Arg(torch.ScalarType value) => new(ArgTag.Int, (long)value);
    public static implicit operator Arg(torch.ScalarType? value) => value is null ? default : new(ArgTag.Int, (long)value.Value);
    public static implicit operator Arg(torch.Device? value) => value is null ? default : new(ArgTag.Device, (long)(uint)value.type | ((long)value.index << 32));
    public static implicit operator Arg(torch.Generator? value) => value is null ? default : new(ArgTag.Generator, value.Handle, value);
    public static implicit operator Arg(string value) => new(ArgTag.String, 0, value);
    public static implicit operator Arg(long[]? value) => value is null ? default : new(ArgTag.IntList, 0, value);
    public static implicit operator Arg(ReadOnlySpan<long> value) => new(ArgTag.IntList, 0, value.ToArray());
    public static implicit operator Arg(double[]? value) => value is null ? default : new(ArgTag.DoubleList, 0, value);
    public static implicit operator Arg(torch.Tensor[] value) => new(ArgTag.TensorList, 0, value);
    public static implicit operator Arg(Scalar? value) => value is null ? default : value.Arg;

    /// <summary>A Tensor?[] argument: null entries stay absent.</summary>
    public static Arg Optional(torch.Tensor?[] value) => new(ArgTag.OptionalTensorList, 0, value);

    /// <summary>A bool[] argument.</summary>
    public static Arg Bools(params long[] value) => new(ArgTag.BoolList, 0, value);

    /// <summary>How many 8-byte slots the list behind this argument takes.</summary>
    public int Slots => Tag switch
    {
        ArgTag.IntList or ArgTag.BoolList or ArgTag.DoubleList or ArgTag.TensorList or ArgTag.OptionalTensorList => ((ICollection)Owner!).Count,
        ArgTag.String => (System.Text.Encoding.UTF8.GetByteCount((string)Owner!) + 7) / 8,
        ArgTag.Complex => 2,
        _ => 0,
    };

    /// <summary>Lays the argument out, its list at <paramref name="slots"/>; returns how many slots that took.</summary>
    public unsafe int Write(NativeArg* target, long* slots)
    {
        target->Tag = Tag;
        target->Length = 0;
        target->Integer = Bits;
        switch (Tag)
        {
            case ArgTag.IntList or ArgTag.BoolList:
                var integers = (long[])Owner!;
                integers.CopyTo(new Span<long>(slots, integers.Length));
                return Point(target, slots, integers.Length, integers.Length);
            case ArgTag.DoubleList:
                var reals = (double[])Owner!;
                reals.CopyTo(new Span<double>(slots, reals.Length));
                return Point(target, slots, reals.Length, reals.Length);
            case ArgTag.TensorList or ArgTag.OptionalTensorList:
                var tensors = (torch.Tensor?[])Owner!;
                for (var i = 0; i < tensors.Length; i++)
                    slots[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
                return Point(target, slots, tensors.Length, tensors.Length);
            case ArgTag.String:
                var text = (string)Owner!;
                var bytes = System.Text.Encoding.UTF8.GetBytes(text, new Span<byte>(slots, text.Length * 3));
                return Point(target, slots, bytes, (bytes + 7) / 8);
            case ArgTag.Complex:
                var value = (System.Numerics.Complex)Owner!;
                ((double*)slots)[0] = value.Real;
                ((double*)slots)[1] = value.Imaginary;
                return Point(target, slots, 2, 2);
            default:
                return 0;
        }
    }

    private static unsafe int Point(NativeArg* target, void* memory, int length, int slots)
    {
        target->Length = length;
        target->Pointer = (nint)memory;
        return slots;
    }
}
