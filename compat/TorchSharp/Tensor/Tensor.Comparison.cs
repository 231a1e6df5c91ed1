using TorchSharp.Interop;

namespace TorchSharp;

// Comparisons, element by element and of whole tensors.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) =>
            Ops.eq.Call(this, target);

        public Tensor eq_(Tensor target) =>
            Ops.eq_.Call(this, target);

        public Tensor eq(Scalar target) =>
            Ops.eq_Scalar.Call(this, target.Native);

        public Tensor eq_(Scalar target) =>
            Ops.eq_InPlaceScalar.Call(this, target.Native);

        public Tensor ge(Tensor target) =>
            Ops.ge.Call(this, target);

        public Tensor ge_(Tensor target) =>
            Ops.ge_.Call(this, target);

        public Tensor ge(Scalar target) =>
            Ops.ge_Scalar.Call(this, target.Native);

        public Tensor ge_(Scalar target) =>
            Ops.ge_InPlaceScalar.Call(this, target.Native);

        public Tensor gt(Tensor target) =>
            Ops.gt.Call(this, target);

        public Tensor gt_(Tensor target) =>
            Ops.gt_.Call(this, target);

        public Tensor gt(Scalar target) =>
            Ops.gt_Scalar.Call(this, target.Native);

        public Tensor gt_(Scalar target) =>
            Ops.gt_InPlaceScalar.Call(this, target.Native);

        public Tensor le(Tensor target) =>
            Ops.le.Call(this, target);

        public Tensor le_(Tensor target) =>
            Ops.le_.Call(this, target);

        public Tensor le(Scalar target) =>
            Ops.le_Scalar.Call(this, target.Native);

        public Tensor le_(Scalar target) =>
            Ops.le_InPlaceScalar.Call(this, target.Native);

        public Tensor lt(Tensor target) =>
            Ops.lt.Call(this, target);

        public Tensor lt_(Tensor target) =>
            Ops.lt_.Call(this, target);

        public Tensor lt(Scalar target) =>
            Ops.lt_Scalar.Call(this, target.Native);

        public Tensor lt_(Scalar target) =>
            Ops.lt_InPlaceScalar.Call(this, target.Native);

        public Tensor ne(Tensor target) =>
            Ops.ne.Call(this, target);

        public Tensor ne_(Tensor target) =>
            Ops.ne_.Call(this, target);

        public Tensor ne(Scalar target) =>
            Ops.ne_Scalar.Call(this, target.Native);

        public Tensor ne_(Scalar target) =>
            Ops.ne_InPlaceScalar.Call(this, target.Native);

        public Tensor equal(Tensor target) =>
            eq(target);

        public Tensor greater_equal(Tensor target) =>
            ge(target);

        public Tensor greater(Tensor target) =>
            gt(target);

        public Tensor less_equal(Tensor target) =>
            le(target);

        public Tensor less(Tensor target) =>
            lt(target);

        public Tensor not_equal(Tensor target) =>
            ne(target);

        public Tensor less_equal_(Tensor target) =>
            le_(target);

        public Tensor not_equal_(Tensor target) =>
            ne_(target);

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Ops.allclose.CallValue(this, target, rtol, atol, equal_nan).Integer != 0;

        public bool Equals(Tensor target) =>
            target is not null && Ops.equal.CallValue(this, target).Integer != 0;
    }
}
