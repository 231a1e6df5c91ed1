namespace TorchSharp.Interop;

// Element-wise operators called without boxing, one class for each signature number of native/torch_bridge.h.

/// <summary>Tensor(Tensor).</summary>
internal sealed class UnaryOp(string name, string overload = "") : OpBase(name, overload, 0)
{
    public torch.Tensor Call(torch.Tensor a)
    {
        var result = Native.pt_t(Handle, a.Handle);
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }
}

/// <summary>Tensor(Tensor, Tensor).</summary>
internal sealed class BinaryOp(string name, string overload = "Tensor") : OpBase(name, overload, 1)
{
    public torch.Tensor Call(torch.Tensor a, torch.Tensor b)
    {
        var result = Native.pt_tt(Handle, a.Handle, b.Handle);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return torch.Tensor.Own(result);
    }
}

/// <summary>Tensor(Tensor, Tensor, Scalar).</summary>
internal sealed class BinaryAlphaOp(string name, string overload = "Tensor") : OpBase(name, overload, 2)
{
    public torch.Tensor Call(torch.Tensor a, torch.Tensor b, NativeArg alpha)
    {
        var result = Native.pt_tts(Handle, a.Handle, b.Handle, alpha);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return torch.Tensor.Own(result);
    }
}

/// <summary>Tensor(Tensor, Scalar).</summary>
internal sealed class ScalarOp(string name, string overload = "Scalar") : OpBase(name, overload, 3)
{
    public torch.Tensor Call(torch.Tensor a, NativeArg value)
    {
        var result = Native.pt_ts(Handle, a.Handle, value);
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }
}

/// <summary>Tensor(Tensor, Scalar, Scalar).</summary>
internal sealed class ScalarAlphaOp(string name, string overload = "Scalar") : OpBase(name, overload, 4)
{
    public torch.Tensor Call(torch.Tensor a, NativeArg value, NativeArg alpha)
    {
        var result = Native.pt_tss(Handle, a.Handle, value, alpha);
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }
}

/// <summary>In place on the first tensor, which is returned: Tensor(Tensor).</summary>
internal sealed class UnaryInPlaceOp(string name, string overload = "") : OpBase(name, overload, 5)
{
    public torch.Tensor Call(torch.Tensor a)
    {
        Native.Check(Native.pt_in_t(Handle, a.Handle));
        GC.KeepAlive(a);
        return a;
    }
}

/// <summary>In place on the first tensor, which is returned: Tensor(Tensor, Tensor).</summary>
internal sealed class BinaryInPlaceOp(string name, string overload = "Tensor") : OpBase(name, overload, 6)
{
    public torch.Tensor Call(torch.Tensor a, torch.Tensor b)
    {
        Native.Check(Native.pt_in_tt(Handle, a.Handle, b.Handle));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return a;
    }
}

/// <summary>In place on the first tensor, which is returned: Tensor(Tensor, Tensor, Scalar).</summary>
internal sealed class BinaryAlphaInPlaceOp(string name, string overload = "Tensor") : OpBase(name, overload, 7)
{
    public torch.Tensor Call(torch.Tensor a, torch.Tensor b, NativeArg alpha)
    {
        Native.Check(Native.pt_in_tts(Handle, a.Handle, b.Handle, alpha));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return a;
    }
}

/// <summary>In place on the first tensor, which is returned: Tensor(Tensor, Scalar).</summary>
internal sealed class ScalarInPlaceOp(string name, string overload = "Scalar") : OpBase(name, overload, 8)
{
    public torch.Tensor Call(torch.Tensor a, NativeArg value)
    {
        Native.Check(Native.pt_in_ts(Handle, a.Handle, value));
        GC.KeepAlive(a);
        return a;
    }
}

/// <summary>In place on the first tensor, which is returned: Tensor(Tensor, Scalar, Scalar).</summary>
internal sealed class ScalarAlphaInPlaceOp(string name, string overload = "Scalar") : OpBase(name, overload, 9)
{
    public torch.Tensor Call(torch.Tensor a, NativeArg value, NativeArg alpha)
    {
        Native.Check(Native.pt_in_tss(Handle, a.Handle, value, alpha));
        GC.KeepAlive(a);
        return a;
    }
}

/// <summary>Tensor(Tensor, int).</summary>
internal sealed class DimOp(string name, string overload = "") : OpBase(name, overload, 10)
{
    public torch.Tensor Call(torch.Tensor a, long dim)
    {
        var result = Native.pt_ti(Handle, a.Handle, dim);
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }
}

/// <summary>Tensor(Tensor, int, int).</summary>
internal sealed class TwoDimsOp(string name, string overload = "int") : OpBase(name, overload, 11)
{
    public torch.Tensor Call(torch.Tensor a, long dim0, long dim1)
    {
        var result = Native.pt_tii(Handle, a.Handle, dim0, dim1);
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }
}
