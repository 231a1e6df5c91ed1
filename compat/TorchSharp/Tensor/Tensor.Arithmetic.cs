using TorchSharp.Interop;

namespace TorchSharp;

// Sums, products, quotients and powers.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) =>
            Ops.add.Call(this, target, Scalar.One);

        public Tensor add(Tensor target, Scalar alpha) =>
            Ops.add.Call(this, target, alpha.Native);

        public Tensor add(Scalar scalar) =>
            Ops.add_Scalar.Call(this, scalar.Native, Scalar.One);

        public Tensor add(Scalar scalar, Scalar alpha) =>
            Ops.add_Scalar.Call(this, scalar.Native, alpha.Native);

        public Tensor add_(Tensor target) =>
            Ops.add_.Call(this, target, Scalar.One);

        public Tensor add_(Tensor target, Scalar alpha) =>
            Ops.add_.Call(this, target, alpha.Native);

        public Tensor add_(Scalar scalar) =>
            Ops.add_InPlaceScalar.Call(this, scalar.Native, Scalar.One);

        public Tensor add_(Scalar scalar, Scalar alpha) =>
            Ops.add_InPlaceScalar.Call(this, scalar.Native, alpha.Native);

        public Tensor sub(Tensor target) =>
            Ops.sub.Call(this, target, Scalar.One);

        public Tensor sub(Scalar target) =>
            Ops.sub_Scalar.Call(this, target.Native, Scalar.One);

        public Tensor sub_(Tensor target) =>
            Ops.sub_.Call(this, target, Scalar.One);

        public Tensor sub_(Scalar target) =>
            Ops.sub_InPlaceScalar.Call(this, target.Native, Scalar.One);

        public Tensor subtract(Tensor target) =>
            Ops.sub.Call(this, target, Scalar.One);

        public Tensor subtract(Scalar target) =>
            Ops.sub_Scalar.Call(this, target.Native, Scalar.One);

        public Tensor subtract_(Tensor target) =>
            Ops.sub_.Call(this, target, Scalar.One);

        public Tensor subtract_(Scalar target) =>
            Ops.sub_InPlaceScalar.Call(this, target.Native, Scalar.One);

        public Tensor mul(Scalar target) =>
            Ops.mul_Scalar.Call(this, target.Native);

        public Tensor mul_(Scalar target) =>
            Ops.mul_InPlaceScalar.Call(this, target.Native);

        public Tensor multiply(Tensor target) =>
            mul(target);

        public Tensor multiply(Scalar target) =>
            mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.div.Call(this, target) : Ops.div_mode.Call(this, target, rounding_mode.ToString());

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.div_Scalar.Call(this, target.Native) : Ops.div_Scalar_mode.Call(this, target, rounding_mode.ToString());

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.div_.Call(this, target) : Returning(Ops.div_mode_, this, target, rounding_mode.ToString());

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.div_InPlaceScalar.Call(this, target.Native) : Returning(Ops.div_InPlaceScalar_mode, this, target, rounding_mode.ToString());

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor fmod(Scalar scalar) =>
            Ops.fmod_Scalar.Call(this, scalar.Native);

        public Tensor fmod_(Scalar scalar) =>
            Ops.fmod_InPlaceScalar.Call(this, scalar.Native);

        public Tensor remainder(Scalar scalar) =>
            Ops.remainder_Scalar.Call(this, scalar.Native);

        public Tensor remainder_(Scalar scalar) =>
            Ops.remainder_InPlaceScalar.Call(this, scalar.Native);

        public Tensor pow(Scalar exponent) =>
            Ops.pow_Scalar.Call(this, exponent.Native);

        public Tensor pow_(Scalar exponent) =>
            Ops.pow_InPlaceScalar.Call(this, exponent.Native);

        public Tensor floor_divide(Scalar other) =>
            Ops.floor_divide_Scalar.Call(this, other.Native);

        public Tensor floor_divide_(Scalar other) =>
            Ops.floor_divide_InPlaceScalar.Call(this, other.Native);

        public Tensor true_divide(Scalar other) =>
            div(other);

        public Tensor true_divide_(Scalar other) =>
            div_(other);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) =>
            Ops.addcdiv.Call(this, tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) =>
            Ops.lerp_Tensor.Call(this, end, weight);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Returning(Ops.addcmul_, this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Returning(Ops.addcdiv_, this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) =>
            Returning(Ops.addcdiv_, this, tensor1, tensor2);

        public Tensor lerp_(Tensor end, Tensor weight) =>
            Returning(Ops.lerp__Tensor, this, end, weight);
    }
}
