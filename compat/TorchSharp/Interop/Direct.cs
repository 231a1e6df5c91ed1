namespace TorchSharp.Interop;

/// <summary>Frequent operators with lists or optional arguments, called without boxing.</summary>
internal static unsafe class Direct
{
    public static torch.Tensor Softmax(torch.Tensor a, long dim, torch.ScalarType? dtype)
    {
        var result = Native.pt_softmax(a.Handle, dim, Number(dtype));
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }

    public static torch.Tensor LogSoftmax(torch.Tensor a, long dim, torch.ScalarType? dtype)
    {
        var result = Native.pt_log_softmax(a.Handle, dim, Number(dtype));
        GC.KeepAlive(a);
        return torch.Tensor.Own(result);
    }

    public static torch.Tensor Sum(torch.Tensor a, ReadOnlySpan<long> dims, bool keepdim, torch.ScalarType? dtype)
    {
        fixed (long* list = dims)
        {
            var result = Native.pt_sum(a.Handle, list, dims.Length, keepdim ? 1 : 0, Number(dtype));
            GC.KeepAlive(a);
            return torch.Tensor.Own(result);
        }
    }

    public static torch.Tensor Mean(torch.Tensor a, ReadOnlySpan<long> dims, bool keepdim, torch.ScalarType? dtype)
    {
        fixed (long* list = dims)
        {
            var result = Native.pt_mean(a.Handle, list, dims.Length, keepdim ? 1 : 0, Number(dtype));
            GC.KeepAlive(a);
            return torch.Tensor.Own(result);
        }
    }

    public static torch.Tensor Permute(torch.Tensor a, ReadOnlySpan<long> dims)
    {
        fixed (long* list = dims)
        {
            var result = Native.pt_permute(a.Handle, list, dims.Length);
            GC.KeepAlive(a);
            return torch.Tensor.Own(result);
        }
    }

    public static torch.Tensor Expand(torch.Tensor a, ReadOnlySpan<long> sizes)
    {
        fixed (long* list = sizes)
        {
            var result = Native.pt_expand(a.Handle, list, sizes.Length);
            GC.KeepAlive(a);
            return torch.Tensor.Own(result);
        }
    }

    public static torch.Tensor Cat(ReadOnlySpan<torch.Tensor> tensors, long dim)
    {
        var handles = tensors.Length <= 64 ? stackalloc nint[64] : new nint[tensors.Length];
        for (var i = 0; i < tensors.Length; i++)
            handles[i] = tensors[i].Handle;
        fixed (nint* list = handles)
        {
            var result = Native.pt_cat(list, tensors.Length, dim);
            for (var i = 0; i < tensors.Length; i++)
                GC.KeepAlive(tensors[i]);
            return torch.Tensor.Own(result);
        }
    }

    public static void Copy(torch.Tensor target, torch.Tensor source, bool nonBlocking)
    {
        Native.Check(Native.pt_copy(target.Handle, source.Handle, nonBlocking ? 1 : 0));
        GC.KeepAlive(target);
        GC.KeepAlive(source);
    }

    public static torch.Tensor IndexSelect(torch.Tensor a, long dim, torch.Tensor index)
    {
        var result = Native.pt_index_select(a.Handle, dim, index.Handle);
        GC.KeepAlive(a);
        GC.KeepAlive(index);
        return torch.Tensor.Own(result);
    }

    public static torch.Tensor LayerNorm(torch.Tensor a, ReadOnlySpan<long> shape, torch.Tensor? weight, torch.Tensor? bias, double eps)
    {
        fixed (long* list = shape)
        {
            var result = Native.pt_layer_norm(a.Handle, list, shape.Length, weight is null ? 0 : weight.Handle, bias is null ? 0 : bias.Handle, eps);
            GC.KeepAlive(a);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
            return torch.Tensor.Own(result);
        }
    }

    private static int Number(torch.ScalarType? dtype) => dtype is null ? -1 : (int)dtype.Value;
}
