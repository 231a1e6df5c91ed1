using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>pt_arg and pt_scalar of native/torch_bridge.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeArg
{
    [FieldOffset(0)] public ArgTag Tag;
    [FieldOffset(4)] public int Length;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public nint Pointer;
}

/// <summary>pt_tag of native/torch_bridge.h.</summary>
internal enum ArgTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    String = 5,
    IntList = 6,
    DoubleList = 7,
    TensorList = 8,
    OptionalTensorList = 9,
    Device = 10,
    Generator = 11,
    BoolList = 12,
    Complex = 13,
}
