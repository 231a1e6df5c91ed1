using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number passed to an operator by value; its kind takes part in type promotion.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long bits;
    private readonly object? complex;

    private Scalar(torch.ScalarType type, long bits, object? complex = null)
    {
        Type = type;
        this.bits = bits;
        this.complex = complex;
    }

    /// <summary>The kind that an operator sees: Bool, Int64, Float64 or ComplexFloat64.</summary>
    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(Half value) => (double)value;
    public static implicit operator Scalar(float value) => (double)value;
    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0);
    public static implicit operator Scalar((float, float) value) => new Complex(value.Item1, value.Item2);
    public static implicit operator Scalar(Complex value) => new(torch.ScalarType.ComplexFloat64, 0, value);

    /// <summary>Nothing to release: the number lives in the object itself.</summary>
    public void Dispose()
    {
    }

    internal Arg Arg => new(
        Type switch
        {
            torch.ScalarType.Bool => ArgTag.Bool,
            torch.ScalarType.Float64 => ArgTag.Double,
            torch.ScalarType.ComplexFloat64 => ArgTag.Complex,
            _ => ArgTag.Int,
        },
        bits,
        complex);

    /// <exception cref="NotSupportedException">The scalar is complex.</exception>
    internal NativeArg Native => complex is null
        ? new NativeArg { Tag = Arg.Tag, Integer = bits }
        : throw new NotSupportedException("This operator does not take a complex scalar.");

    internal static NativeArg Of(long value) => new() { Tag = ArgTag.Int, Integer = value };

    internal static NativeArg Of(double value) => new() { Tag = ArgTag.Double, Real = value };

    internal static NativeArg One => Of(1L);

    internal double Double => Type switch
    {
        torch.ScalarType.Float64 => BitConverter.Int64BitsToDouble(bits),
        torch.ScalarType.ComplexFloat64 => ((Complex)complex!).Real,
        _ => bits,
    };

    internal long Long => Type is torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat64 ? checked((long)Double) : bits;

}
