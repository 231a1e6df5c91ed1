using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PairUni.Modeling.Host;

/// <summary>Addresses of tensors in the host's memory.</summary>
internal static unsafe class HostMemory
{
    /// <summary>The first value of a contiguous float32 tensor; valid as long as the tensor's storage lives.</summary>
    public static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
