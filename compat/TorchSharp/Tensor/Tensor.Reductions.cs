using TorchSharp.Interop;

namespace TorchSharp;

// Reductions, sorting, counting.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor msort() =>
            Ops.msort.Call(this);

        public Tensor all() =>
            Ops.all.Call(this);

        public Tensor any() =>
            Ops.any.Call(this);

        public Tensor max() =>
            Ops.max.Call(this);

        public Tensor min() =>
            Ops.min.Call(this);

        public Tensor median() =>
            Ops.median.Call(this);

        public Tensor nanmedian() =>
            Ops.nanmedian.Call(this);

        public Tensor max(Tensor other) =>
            Ops.max_other.Call(this, other);

        public Tensor min(Tensor other) =>
            Ops.min_other.Call(this, other);

        public Tensor sum(ScalarType? type = null) =>
            Ops.sum.Call(this, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Direct.Sum(this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Direct.Sum(this, dim, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Direct.Sum(this, [dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Direct.Sum(this, [dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Direct.Sum(this, [dim0, dim1, dim2], keepdim, type);

        public Tensor mean() =>
            Ops.mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Direct.Mean(this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) =>
            Ops.prod.Call(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.prod_dim_int.Call(this, dim, keepdim, type);

        public Tensor std(bool unbiased = true) =>
            Ops.std.Call(this, unbiased);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_dim.Call(this, dimensions, unbiased, keepdim).Typed(type);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_dim.Call(this, dimensions, unbiased, keepdim).Typed(type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim }, unbiased, keepdim, type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) =>
            Ops.std_mean.Call2(this, unbiased);

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean_dim.Call2(this, dimensions, unbiased, keepdim);

        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(new[] { dim }, unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) =>
            Ops.var.Call(this, unbiased);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_dim.Call(this, dimensions, unbiased, keepdim).Typed(type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_dim.Call(this, dimensions, unbiased, keepdim).Typed(type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim }, unbiased, keepdim, type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) =>
            Ops.var_mean.Call2(this, unbiased);

        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean_dim.Call2(this, dimensions, unbiased, keepdim);

        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(new[] { dim }, unbiased, keepdim, type);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Ops.amax.Call(this, dims, keepdim) : @out.copy_(Ops.amax.Call(this, dims, keepdim));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amax(dims.ToArray(), keepdim, @out);

        public Tensor amax(params long[] dims) =>
            amax(dims, false, null);

        public Tensor argmax() =>
            Ops.argmax.Call(this);

        public Tensor argmax(long dim, bool keepdim = false) =>
            Ops.argmax.Call(this, dim, keepdim);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Ops.amin.Call(this, dims, keepdim) : @out.copy_(Ops.amin.Call(this, dims, keepdim));

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amin(dims.ToArray(), keepdim, @out);

        public Tensor amin(params long[] dims) =>
            amin(dims, false, null);

        public Tensor argmin() =>
            Ops.argmin.Call(this);

        public Tensor argmin(long dim, bool keepdim = false) =>
            Ops.argmin.Call(this, dim, keepdim);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Ops.max_dim.Call2(this, dim, keepdim);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Ops.min_dim.Call2(this, dim, keepdim);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Ops.aminmax.Call2(this, dim, keepdim);

        public Tensor all(long dim, bool keepdim = false) =>
            Ops.all_dim.Call(this, dim, keepdim);

        public Tensor any(long dim, bool keepdim = false) =>
            Ops.any_dim.Call(this, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) =>
            Ops.argsort.Call(this, dim, descending);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Ops.sort_stable.Call2(this, stable, dim, descending);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.topk.Call2(this, k, dim, largest, sorted);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Ops.kthvalue.Call2(this, k, dim ?? -1, keepdim);

        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) =>
            Ops.mode.Call2(this, dim, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Ops.cumsum.Call(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) =>
            Ops.cumprod.Call(this, dim, type);

        public (Tensor values, Tensor indexes) cummax(long dim) =>
            Ops.cummax.Call2(this, dim);

        public (Tensor values, Tensor indexes) cummin(long dim) =>
            Ops.cummin.Call2(this, dim);

        public Tensor logcumsumexp(long dim) =>
            Ops.logcumsumexp.Call(this, dim);

        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Ops.logsumexp.Call(this, new[] { dim }, keepdim);

        public Tensor norm(float p = 2f) =>
            Ops.norm_Scalar.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2f) =>
            Ops.norm_ScalarOpt_dim.Call(this, (double)p, new long[] { dim }, keepdim);

        public Tensor dist(Tensor other, float p = 2f) =>
            Ops.dist.Call(this, other, (double)p);

        public Tensor count_nonzero(long[]? dims = null) =>
            Ops.count_nonzero_dim_IntList.Call(this, dims ?? []);

        public Tensor nansum() =>
            Ops.nansum.Call(this);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Ops.quantile.Call(this, q, dim, keepdim);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Ops.nanquantile.Call(this, q, dim, keepdim);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) =>
            Ops.histc.Call(this, bins, min, max);

        public Tensor bincount(Tensor? weights, long minlength = 0) =>
            Ops.bincount.Call(this, weights, minlength);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Ops.bucketize_Tensor.Call(this, boundaries, outInt32, right);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Ops.diff.Call(this, n, dim, prepend, append);

        public Tensor renorm(float p, long dim, float maxnorm) =>
            Ops.renorm.Call(this, (double)p, dim, (double)maxnorm);

        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Ops.isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Ops.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            dim is null ? Ops.unique.Call3(this, sorted, return_inverse, return_counts) : Ops.unique_dim.Call3(this, dim.Value, sorted, return_inverse, return_counts);
    }
}
