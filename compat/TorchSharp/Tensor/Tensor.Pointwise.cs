using TorchSharp.Interop;

namespace TorchSharp;

// Element-wise functions.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() =>
            Ops.abs.Call(this);

        public Tensor abs_() =>
            Ops.abs_.Call(this);

        public Tensor exp() =>
            Ops.exp.Call(this);

        public Tensor exp_() =>
            Ops.exp_.Call(this);

        public Tensor exp2() =>
            Ops.exp2.Call(this);

        public Tensor exp2_() =>
            Ops.exp2_.Call(this);

        public Tensor expm1() =>
            Ops.expm1.Call(this);

        public Tensor expm1_() =>
            Ops.expm1_.Call(this);

        public Tensor log() =>
            Ops.log.Call(this);

        public Tensor log_() =>
            Ops.log_.Call(this);

        public Tensor log2() =>
            Ops.log2.Call(this);

        public Tensor log2_() =>
            Ops.log2_.Call(this);

        public Tensor log10() =>
            Ops.log10.Call(this);

        public Tensor log10_() =>
            Ops.log10_.Call(this);

        public Tensor log1p() =>
            Ops.log1p.Call(this);

        public Tensor log1p_() =>
            Ops.log1p_.Call(this);

        public Tensor sqrt() =>
            Ops.sqrt.Call(this);

        public Tensor sqrt_() =>
            Ops.sqrt_.Call(this);

        public Tensor rsqrt() =>
            Ops.rsqrt.Call(this);

        public Tensor rsqrt_() =>
            Ops.rsqrt_.Call(this);

        public Tensor sin() =>
            Ops.sin.Call(this);

        public Tensor sin_() =>
            Ops.sin_.Call(this);

        public Tensor cos() =>
            Ops.cos.Call(this);

        public Tensor cos_() =>
            Ops.cos_.Call(this);

        public Tensor tan() =>
            Ops.tan.Call(this);

        public Tensor tan_() =>
            Ops.tan_.Call(this);

        public Tensor sinh() =>
            Ops.sinh.Call(this);

        public Tensor sinh_() =>
            Ops.sinh_.Call(this);

        public Tensor cosh() =>
            Ops.cosh.Call(this);

        public Tensor cosh_() =>
            Ops.cosh_.Call(this);

        public Tensor tanh() =>
            Ops.tanh.Call(this);

        public Tensor tanh_() =>
            Ops.tanh_.Call(this);

        public Tensor asin() =>
            Ops.asin.Call(this);

        public Tensor asin_() =>
            Ops.asin_.Call(this);

        public Tensor acos() =>
            Ops.acos.Call(this);

        public Tensor acos_() =>
            Ops.acos_.Call(this);

        public Tensor atan() =>
            Ops.atan.Call(this);

        public Tensor atan_() =>
            Ops.atan_.Call(this);

        public Tensor asinh() =>
            Ops.asinh.Call(this);

        public Tensor asinh_() =>
            Ops.asinh_.Call(this);

        public Tensor acosh() =>
            Ops.acosh.Call(this);

        public Tensor acosh_() =>
            Ops.acosh_.Call(this);

        public Tensor atanh() =>
            Ops.atanh.Call(this);

        public Tensor atanh_() =>
            Ops.atanh_.Call(this);

        public Tensor neg() =>
            Ops.neg.Call(this);

        public Tensor neg_() =>
            Ops.neg_.Call(this);

        public Tensor floor() =>
            Ops.floor.Call(this);

        public Tensor floor_() =>
            Ops.floor_.Call(this);

        public Tensor ceil() =>
            Ops.ceil.Call(this);

        public Tensor ceil_() =>
            Ops.ceil_.Call(this);

        public Tensor trunc() =>
            Ops.trunc.Call(this);

        public Tensor trunc_() =>
            Ops.trunc_.Call(this);

        public Tensor frac() =>
            Ops.frac.Call(this);

        public Tensor frac_() =>
            Ops.frac_.Call(this);

        public Tensor sign() =>
            Ops.sign.Call(this);

        public Tensor sign_() =>
            Ops.sign_.Call(this);

        public Tensor sgn() =>
            Ops.sgn.Call(this);

        public Tensor sgn_() =>
            Ops.sgn_.Call(this);

        public Tensor erf() =>
            Ops.erf.Call(this);

        public Tensor erf_() =>
            Ops.erf_.Call(this);

        public Tensor erfc() =>
            Ops.erfc.Call(this);

        public Tensor erfc_() =>
            Ops.erfc_.Call(this);

        public Tensor erfinv() =>
            Ops.erfinv.Call(this);

        public Tensor erfinv_() =>
            Ops.erfinv_.Call(this);

        public Tensor reciprocal() =>
            Ops.reciprocal.Call(this);

        public Tensor reciprocal_() =>
            Ops.reciprocal_.Call(this);

        public Tensor lgamma() =>
            Ops.lgamma.Call(this);

        public Tensor lgamma_() =>
            Ops.lgamma_.Call(this);

        public Tensor digamma() =>
            Ops.digamma.Call(this);

        public Tensor digamma_() =>
            Ops.digamma_.Call(this);

        public Tensor logical_not() =>
            Ops.logical_not.Call(this);

        public Tensor logical_not_() =>
            Ops.logical_not_.Call(this);

        public Tensor bitwise_not() =>
            Ops.bitwise_not.Call(this);

        public Tensor bitwise_not_() =>
            Ops.bitwise_not_.Call(this);

        public Tensor sinc() =>
            Ops.sinc.Call(this);

        public Tensor sinc_() =>
            Ops.sinc_.Call(this);

        public Tensor deg2rad() =>
            Ops.deg2rad.Call(this);

        public Tensor deg2rad_() =>
            Ops.deg2rad_.Call(this);

        public Tensor rad2deg() =>
            Ops.rad2deg.Call(this);

        public Tensor rad2deg_() =>
            Ops.rad2deg_.Call(this);

        public Tensor i0() =>
            Ops.i0.Call(this);

        public Tensor i0_() =>
            Ops.i0_.Call(this);

        public Tensor square() =>
            Ops.square.Call(this);

        public Tensor isnan() =>
            Ops.isnan.Call(this);

        public Tensor isinf() =>
            Ops.isinf.Call(this);

        public Tensor isfinite() =>
            Ops.isfinite.Call(this);

        public Tensor isposinf() =>
            Ops.isposinf.Call(this);

        public Tensor isneginf() =>
            Ops.isneginf.Call(this);

        public Tensor isreal() =>
            Ops.isreal.Call(this);

        public Tensor positive() =>
            Ops.positive.Call(this);

        public Tensor signbit() =>
            Ops.signbit.Call(this);

        public Tensor absolute() =>
            abs();

        public Tensor absolute_() =>
            abs_();

        public Tensor negative() =>
            neg();

        public Tensor fix() =>
            trunc();

        public Tensor fix_() =>
            trunc_();

        public Tensor arcsin() =>
            asin();

        public Tensor arccos() =>
            acos();

        public Tensor arctan() =>
            atan();

        public Tensor arcsinh() =>
            asinh();

        public Tensor arccosh() =>
            acosh();

        public Tensor arctanh() =>
            atanh();

        public Tensor mul(Tensor target) =>
            Ops.mul.Call(this, target);

        public Tensor mul_(Tensor target) =>
            Ops.mul_.Call(this, target);

        public Tensor fmod(Tensor target) =>
            Ops.fmod.Call(this, target);

        public Tensor fmod_(Tensor target) =>
            Ops.fmod_.Call(this, target);

        public Tensor remainder(Tensor target) =>
            Ops.remainder.Call(this, target);

        public Tensor remainder_(Tensor target) =>
            Ops.remainder_.Call(this, target);

        public Tensor bitwise_and(Tensor other) =>
            Ops.bitwise_and.Call(this, other);

        public Tensor bitwise_and_(Tensor other) =>
            Ops.bitwise_and_.Call(this, other);

        public Tensor bitwise_or(Tensor other) =>
            Ops.bitwise_or.Call(this, other);

        public Tensor bitwise_or_(Tensor other) =>
            Ops.bitwise_or_.Call(this, other);

        public Tensor bitwise_xor(Tensor other) =>
            Ops.bitwise_xor.Call(this, other);

        public Tensor bitwise_xor_(Tensor other) =>
            Ops.bitwise_xor_.Call(this, other);

        public Tensor bitwise_left_shift(Tensor other) =>
            Ops.bitwise_left_shift.Call(this, other);

        public Tensor bitwise_left_shift_(Tensor other) =>
            Ops.bitwise_left_shift_.Call(this, other);

        public Tensor bitwise_right_shift(Tensor other) =>
            Ops.bitwise_right_shift.Call(this, other);

        public Tensor bitwise_right_shift_(Tensor other) =>
            Ops.bitwise_right_shift_.Call(this, other);

        public Tensor copysign(Tensor other) =>
            Ops.copysign.Call(this, other);

        public Tensor copysign_(Tensor other) =>
            Ops.copysign_.Call(this, other);

        public Tensor ldexp(Tensor other) =>
            Ops.ldexp.Call(this, other);

        public Tensor ldexp_(Tensor other) =>
            Ops.ldexp_.Call(this, other);

        public Tensor xlogy(Tensor y) =>
            Ops.xlogy.Call(this, y);

        public Tensor xlogy_(Tensor y) =>
            Ops.xlogy_.Call(this, y);

        public Tensor true_divide(Tensor other) =>
            Ops.true_divide.Call(this, other);

        public Tensor true_divide_(Tensor other) =>
            Ops.true_divide_.Call(this, other);

        public Tensor maximum(Tensor other) =>
            Ops.maximum.Call(this, other);

        public Tensor minimum(Tensor other) =>
            Ops.minimum.Call(this, other);

        public Tensor fmax(Tensor other) =>
            Ops.fmax.Call(this, other);

        public Tensor fmin(Tensor other) =>
            Ops.fmin.Call(this, other);

        public Tensor atan2(Tensor other) =>
            Ops.atan2.Call(this, other);

        public Tensor atan2_(Tensor other) =>
            Ops.atan2_.Call(this, other);

        public Tensor logaddexp(Tensor other) =>
            Ops.logaddexp.Call(this, other);

        public Tensor logaddexp2(Tensor other) =>
            Ops.logaddexp2.Call(this, other);

        public Tensor hypot(Tensor other) =>
            Ops.hypot.Call(this, other);

        public Tensor logical_and(Tensor other) =>
            Ops.logical_and.Call(this, other);

        public Tensor logical_and_(Tensor other) =>
            Ops.logical_and_.Call(this, other);

        public Tensor logical_or(Tensor other) =>
            Ops.logical_or.Call(this, other);

        public Tensor logical_or_(Tensor other) =>
            Ops.logical_or_.Call(this, other);

        public Tensor logical_xor(Tensor other) =>
            Ops.logical_xor.Call(this, other);

        public Tensor logical_xor_(Tensor other) =>
            Ops.logical_xor_.Call(this, other);

        public Tensor floor_divide(Tensor other) =>
            Ops.floor_divide.Call(this, other);

        public Tensor floor_divide_(Tensor other) =>
            Ops.floor_divide_.Call(this, other);

        public Tensor lcm(Tensor other) =>
            Ops.lcm.Call(this, other);

        public Tensor lcm_(Tensor other) =>
            Ops.lcm_.Call(this, other);

        public Tensor gcd(Tensor other) =>
            Ops.gcd.Call(this, other);

        public Tensor gcd_(Tensor other) =>
            Ops.gcd_.Call(this, other);

        public Tensor heaviside(Tensor other) =>
            Ops.heaviside.Call(this, other);

        public Tensor heaviside_(Tensor other) =>
            Ops.heaviside_.Call(this, other);

        public Tensor nextafter(Tensor other) =>
            Ops.nextafter.Call(this, other);

        public Tensor nextafter_(Tensor other) =>
            Ops.nextafter_.Call(this, other);

        public Tensor igamma(Tensor other) =>
            Ops.igamma.Call(this, other);

        public Tensor igammac(Tensor other) =>
            Ops.igammac.Call(this, other);

        public Tensor pow(Tensor exponent) =>
            Ops.pow.Call(this, exponent);

        public Tensor pow_(Tensor exponent) =>
            Ops.pow_.Call(this, exponent);

        public Tensor float_power(Tensor target) =>
            Ops.float_power.Call(this, target);

        public Tensor float_power_(Tensor target) =>
            Ops.float_power_.Call(this, target);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Ops.clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Ops.clamp_Tensor.Call(this, min, max);

        public Tensor clamp_min(Scalar min) =>
            Ops.clamp_min.Call(this, min.Native);

        public Tensor clamp_max(Scalar max) =>
            Ops.clamp_max.Call(this, max.Native);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor logit(double? eps = null) =>
            Ops.logit.Call(this, eps);

        public Tensor round(long decimals = 0) =>
            decimals == 0 ? Ops.round.Call(this) : Ops.round_decimals.Call(this, decimals);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Returning(Ops.clamp_, this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) =>
            Returning(Ops.clamp__Tensor, this, min, max);

        public Tensor clamp_min_(Scalar min) =>
            Ops.clamp_min_.Call(this, min.Native);

        public Tensor clamp_max_(Scalar max) =>
            Ops.clamp_max_.Call(this, max.Native);

        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Returning(Ops.nan_to_num_, this, nan, posinf, neginf);

        public Tensor logit_(double? eps = null) =>
            Returning(Ops.logit_, this, eps);

        public Tensor round_(long decimals = 0) =>
            decimals == 0 ? Ops.round_.Call(this) : Returning(Ops.round__decimals, this, decimals);

        public Tensor clip(Scalar? min = null, Scalar? max = null) =>
            clamp(min, max);
    }
}
