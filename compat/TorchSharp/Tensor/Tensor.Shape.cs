using TorchSharp.Interop;

namespace TorchSharp;

// Views and rearrangements.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor ravel() =>
            Ops.ravel.Call(this);

        public Tensor fliplr() =>
            Ops.fliplr.Call(this);

        public Tensor flipud() =>
            Ops.flipud.Call(this);

        public Tensor t() =>
            Ops.transpose2d.Call(this);

        public Tensor adjoint() =>
            Ops.adjoint.Call(this);

        public Tensor tril(long diagonal = 0) =>
            Ops.tril.Call(this, diagonal);

        public Tensor triu(long diagonal = 0) =>
            Ops.triu.Call(this, diagonal);

        public Tensor tril_(long diagonal = 0) =>
            Returning(Ops.tril_, this, diagonal);

        public Tensor triu_(long diagonal = 0) =>
            Returning(Ops.triu_, this, diagonal);

        public Tensor unsqueeze(long dim) =>
            Ops.unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) =>
            Returning(Ops.unsqueeze_, this, dim);

        public Tensor squeeze(long? dim = null) =>
            dim is null ? Ops.squeeze.Call(this) : Ops.squeeze_dim.Call(this, dim.Value);

        public Tensor squeeze_(long? dim = null) =>
            dim is null ? Ops.squeeze_.Call(this) : Returning(Ops.squeeze__dim, this, dim.Value);

        public Tensor transpose(long dim0, long dim1) =>
            Ops.transpose.Call(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) =>
            Returning(Ops.transpose_, this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) =>
            transpose(dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) =>
            transpose(dim0, dim1);

        public Tensor permute(params long[] permutation) =>
            Direct.Permute(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) =>
            Direct.Permute(this, permutation.ToArray());

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Ops.flatten.Call(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) =>
            Unflattened(dim, sizes);

        public Tensor unflatten(long dim, Size sizes) =>
            Unflattened(dim, sizes.Shape);

        public Tensor view_as(Tensor other) =>
            view(other.shape);

        public Tensor expand(long[] sizes, bool isImplicit = false) =>
            Direct.Expand(this, sizes);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Direct.Expand(this, sizes);

        public Tensor expand(Size sizes, bool isImplicit = false) =>
            Direct.Expand(this, sizes.Shape);

        public Tensor expand(params long[] sizes) =>
            Direct.Expand(this, sizes);

        public Tensor expand_as(Tensor other) =>
            expand(other.shape, false);

        public Tensor broadcast_to(params long[] shape) =>
            Ops.broadcast_to.Call(this, shape);

        public Tensor repeat(params long[] sizes) =>
            Ops.repeat.Call(this, sizes);

        public Tensor tile(long[] reps) =>
            Ops.tile.Call(this, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave_self_int.Call(this, repeats, dim);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);

        public Tensor flip(params long[] dims) =>
            Ops.flip.Call(this, dims);

        public Tensor narrow(long dim, long start, long length) =>
            Ops.narrow.Call(this, dim, start, length);

        public Tensor unfold(long dimension, long size, long step) =>
            Ops.unfold.Call(this, dimension, size, step);

        public Tensor movedim(long[] source, long[] destination) =>
            Ops.movedim_intlist.Call(this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) =>
            movedim(source, destination);

        public Tensor roll(long[] shifts, long[] dims) =>
            Ops.roll.Call(this, shifts, dims);

        public Tensor roll(long[] shifts) =>
            Ops.roll.Call(this, shifts, Array.Empty<long>());

        public Tensor roll(long shifts, long? dims = null) =>
            Ops.roll.Call(this, new[] { shifts }, dims is null ? [] : new[] { dims.Value });

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll(new[] { shifts.Item1, shifts.Item2 }, new[] { dims.Item1, dims.Item2 });

        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Ops.rot90.Call(this, k, dims is { } pair ? new[] { pair.Item1, pair.Item2 } : new[] { 0L, 1L });

        public Tensor[] unbind(long dimension = 0) =>
            Ops.unbind.CallList(this, dimension);

        public Tensor[] split(long size, int dim = 0) =>
            Ops.split.CallList(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) =>
            Ops.split_sizes.CallList(this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) =>
            Ops.split_sizes.CallList(this, sizes, dim);

        public Tensor[] split(params long[] sizes) =>
            Ops.split_sizes.CallList(this, sizes, 0);

        public Tensor[] chunk(long chunks, long dim = 0) =>
            Ops.chunk.CallList(this, chunks, dim);

        public Tensor[] tensor_split(long size, long dim = 0) =>
            Ops.tensor_split.CallList(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) =>
            Ops.tensor_split_indices.CallList(this, sizes, dim);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Ops.as_strided.Call(this, size, strides, storageOffset);

        public Tensor diag(long diagonal = 0) =>
            Ops.diag.Call(this, diagonal);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) =>
            Ops.diag_embed.Call(this, offset, dim1, dim2);

        public Tensor diagflat(long offset = 0) =>
            Ops.diagflat.Call(this, offset);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Ops.diagonal.Call(this, offset, dim1, dim2);

        public Tensor clone() =>
            Ops.clone.Call(this);

        public Tensor atleast_1d() =>
            Ops.atleast_1d.Call(this);

        public Tensor atleast_2d() =>
            Ops.atleast_2d.Call(this);

        public Tensor atleast_3d() =>
            Ops.atleast_3d.Call(this);
    }
}
