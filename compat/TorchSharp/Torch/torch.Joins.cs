using TorchSharp.Interop;

namespace TorchSharp;

// Functions of several tensors.
public static partial class torch
{
    public static Tensor cat(Tensor[] tensors, long dim = 0) =>
        Direct.Cat(tensors, dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) =>
        Direct.Cat(tensors.ToArray(), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) =>
        Direct.Cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) =>
        Direct.Cat(tensors, dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) =>
        Direct.Cat(tensors.ToArray(), dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) =>
        Direct.Cat(tensors, dim);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) =>
        Direct.Cat(tensors, axis);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) =>
        Direct.Cat(tensors.ToArray(), axis);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) =>
        Direct.Cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) =>
        Ops.stack.Call(tensors as Tensor[] ?? tensors.ToArray(), dim);

    public static Tensor hstack(params Tensor[] tensors) =>
        Ops.hstack.Call(tensors);

    public static Tensor hstack(IList<Tensor> tensors) =>
        Ops.hstack.Call(tensors.ToArray());

    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) =>
        Ops.hstack.Call(tensors.ToArray());

    public static Tensor vstack(Tensor[] tensors) =>
        Ops.vstack.Call(tensors);

    public static Tensor vstack(IList<Tensor> tensors) =>
        Ops.vstack.Call(tensors.ToArray());

    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) =>
        Ops.vstack.Call(tensors.ToArray());

    public static Tensor dstack(params Tensor[] tensors) =>
        Ops.dstack.Call(tensors);

    public static Tensor dstack(IList<Tensor> tensors) =>
        Ops.dstack.Call(tensors.ToArray());

    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) =>
        Ops.dstack.Call(tensors.ToArray());

    public static Tensor column_stack(params Tensor[] tensors) =>
        Ops.column_stack.Call(tensors);

    public static Tensor column_stack(IList<Tensor> tensors) =>
        Ops.column_stack.Call(tensors.ToArray());

    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) =>
        Ops.column_stack.Call(tensors.ToArray());

    public static Tensor einsum(string equation, params Tensor[] tensors) =>
        Ops.einsum.Call(equation, tensors);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Ops.meshgrid.CallList(tensors.ToArray(), indexing);

    public static Tensor block_diag(params Tensor[] tensors) =>
        Ops.block_diag.Call(tensors);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) =>
        Ops.where.Call(condition, x, y);

    public static Tensor[] where(Tensor condition) =>
        Ops.where_index.CallList(condition);
}
