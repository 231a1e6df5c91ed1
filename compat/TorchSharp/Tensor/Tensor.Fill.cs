using TorchSharp.Interop;

namespace TorchSharp;

// Filling in place, random values, tensors like this one.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor zero_() =>
            Ops.zero_.Call(this);

        public Tensor fill_(Scalar value) =>
            Ops.fill_.Call(this, value.Native);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Returning(Ops.normal_, this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Returning(Ops.uniform_, this, from, to, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            Returning(Ops.exponential_, this, lambda, generator);

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            Returning(Ops.cauchy_, this, median, sigma, generator);

        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Returning(Ops.log_normal_, this, mean, std, generator);

        public Tensor geometric_(double p, Generator? generator = null) =>
            Returning(Ops.geometric_, this, p, generator);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Returning(Ops.random__from, this, (long)from, (long)to, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Returning(Ops.bernoulli__float, this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            Returning(Ops.bernoulli__Tensor, this, p, generator);

        public Tensor bernoulli(Generator? generator = null) =>
            Ops.bernoulli.Call(this, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Ops.multinomial.Call(this, num_samples, replacement, generator);

        public Tensor poisson(Generator? generator = null) =>
            Ops.poisson.Call(this, generator);

        public Tensor set_(Tensor source) =>
            Returning(Ops.set__source_Tensor, this, source);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.zeros_like.Call(this, dtype, Arg.None, device).With(requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.ones_like.Call(this, dtype, Arg.None, device).With(requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.empty_like.Call(this, dtype, Arg.None, device).With(requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.rand_like.Call(this, dtype, Arg.None, device).With(requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.randn_like.Call(this, dtype, Arg.None, device).With(requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.full_like.Call(this, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.randint_like.Call(this, low, high, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, new[] { size }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, new[] { rows, columns }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, new[] { dim0, dim1, dim2 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, new[] { dim0, dim1, dim2, dim3 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, size, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_zeros.Call(this, size, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_ones.Call(this, new[] { size }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_ones.Call(this, new[] { rows, columns }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_ones.Call(this, new[] { dim0, dim1, dim2 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_ones.Call(this, new[] { dim0, dim1, dim2, dim3 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, new[] { size }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, new[] { rows, columns }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, new[] { dim0, dim1, dim2 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, new[] { dim0, dim1, dim2, dim3 }, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, size, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_empty.Call(this, size, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, new[] { size }, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, new[] { rows, columns }, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, new[] { dim0, dim1, dim2 }, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, new[] { dim0, dim1, dim2, dim3 }, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, size, value, dtype, Arg.None, device).With(requires_grad);

        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.new_full.Call(this, size, value, dtype, Arg.None, device).With(requires_grad);
    }
}
