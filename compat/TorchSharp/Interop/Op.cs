using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>An ATen operator looked up once by schema name and overload; one that this libtorch lacks throws when called.</summary>
internal abstract unsafe class OpBase
{
    private readonly nint handle;
    private readonly string? missing;

    protected OpBase(string name, string overload, int signature)
    {
        fixed (byte* n = Encoding.UTF8.GetBytes("aten::" + name + "\0"), o = Encoding.UTF8.GetBytes(overload + "\0"))
            handle = signature < 0 ? Native.pt_find(n, o) : Native.pt_find_typed(n, o, signature);
        if (handle == 0)
            missing = Native.LastError().Message;
    }

    /// <summary>Whether this libtorch has the operator (with the expected signature).</summary>
    public bool Exists => handle != 0;

    /// <summary>Why <see cref="Exists"/> is false, else null.</summary>
    public string? Missing => missing;

    protected nint Handle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => handle != 0 ? handle : throw new NotSupportedException(missing);
    }
}

/// <summary>An operator of any signature, called boxed. Trailing arguments that are left out take their schema defaults.</summary>
internal sealed unsafe class Op(string name, string overload = "") : OpBase(name, overload, -1)
{
    private const int ResultCapacity = 4;
    private const int StackSlots = 256;

    /// <summary>Runs an operator that returns one tensor.</summary>
    public torch.Tensor Call(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeArg[ResultCapacity];
        var count = Run(args, results);
        if (count != 1 || results[0].Tag != ArgTag.Tensor)
            throw Unexpected(results, count);
        return torch.Tensor.Own(results[0].Pointer);
    }

    /// <summary>Runs an operator for its effect; what it returns is released.</summary>
    public void Do(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeArg[ResultCapacity];
        Release(results, Run(args, results));
    }

    /// <summary>Runs an operator that returns two tensors.</summary>
    public (torch.Tensor, torch.Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeArg[ResultCapacity];
        var count = Run(args, results);
        return count == 2 ? (torch.Tensor.Own(results[0].Pointer), torch.Tensor.Own(results[1].Pointer)) : throw Unexpected(results, count);
    }

    /// <summary>Runs an operator that returns three tensors.</summary>
    public (torch.Tensor, torch.Tensor, torch.Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeArg[ResultCapacity];
        var count = Run(args, results);
        return count == 3
            ? (torch.Tensor.Own(results[0].Pointer), torch.Tensor.Own(results[1].Pointer), torch.Tensor.Own(results[2].Pointer))
            : throw Unexpected(results, count);
    }

    /// <summary>Runs an operator that returns a list of tensors.</summary>
    public torch.Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        var direct = stackalloc NativeArg[ResultCapacity];
        var count = Run(args, direct);
        var tensors = new torch.Tensor[count];
        var rest = count > ResultCapacity ? new NativeArg[count - ResultCapacity] : [];
        if (rest.Length > 0)
            fixed (NativeArg* all = rest)
                Native.pt_take_results(all);
        for (var i = 0; i < count; i++)
            tensors[i] = torch.Tensor.Own(i < ResultCapacity ? direct[i].Pointer : rest[i - ResultCapacity].Pointer);
        return tensors;
    }

    /// <summary>Runs an operator that returns one number or bool.</summary>
    public NativeArg CallValue(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeArg[ResultCapacity];
        var count = Run(args, results);
        return count == 1 && results[0].Tag is ArgTag.Int or ArgTag.Double or ArgTag.Bool ? results[0] : throw Unexpected(results, count);
    }

    private int Run(ReadOnlySpan<Arg> args, NativeArg* results)
    {
        var op = Handle;
        var total = 0;
        for (var i = 0; i < args.Length; i++)
            total += args[i].Slots;
        var onHeap = total > StackSlots ? (long*)NativeMemory.Alloc((nuint)total, sizeof(long)) : null;
        var onStack = stackalloc long[onHeap == null ? Math.Max(total, 1) : 1];
        var slots = onHeap != null ? onHeap : onStack;
        try
        {
            var native = stackalloc NativeArg[args.Length];
            for (var i = 0; i < args.Length; i++)
                slots += args[i].Write(native + i, slots);
            int count;
            if (Native.pt_call(op, native, args.Length, results, ResultCapacity, &count) != 0)
                throw Native.LastError();
            return count;
        }
        finally
        {
            NativeMemory.Free(onHeap);
            for (var i = 0; i < args.Length; i++)
                GC.KeepAlive(args[i].Owner);
        }
    }

    private InvalidOperationException Unexpected(NativeArg* results, int count)
    {
        Release(results, count);
        return new InvalidOperationException($"The operator returned {count} values, of another kind than expected.");
    }

    private static void Release(NativeArg* results, int count)
    {
        for (var i = 0; i < Math.Min(count, ResultCapacity); i++)
            if (results[i].Tag == ArgTag.Tensor)
                Native.pt_tensor_free(results[i].Pointer);
        if (count <= ResultCapacity)
            return;
        var rest = new NativeArg[count - ResultCapacity];
        fixed (NativeArg* all = rest)
            Native.pt_take_results(all);
        foreach (var result in rest)
            if (result.Tag == ArgTag.Tensor)
                Native.pt_tensor_free(result.Pointer);
    }
}
