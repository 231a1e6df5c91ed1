using TorchSharp.Interop;

namespace TorchSharp;

#pragma warning disable CA2225 // The named methods have their own spelling.
public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor(byte value) => tensor(value);
        public static implicit operator Tensor(sbyte value) => tensor(value);
        public static implicit operator Tensor(short value) => tensor(value);
        public static implicit operator Tensor(int value) => tensor(value);
        public static implicit operator Tensor(long value) => tensor(value);
        public static implicit operator Tensor(float value) => tensor(value);
        public static implicit operator Tensor(double value) => tensor(value);
        public static implicit operator Tensor(bool value) => tensor(value);
        public static implicit operator Tensor(byte[] value) => tensor(value);
        public static implicit operator Tensor(sbyte[] value) => tensor(value);
        public static implicit operator Tensor(short[] value) => tensor(value);
        public static implicit operator Tensor(int[] value) => tensor(value);
        public static implicit operator Tensor(long[] value) => tensor(value);
        public static implicit operator Tensor(float[] value) => tensor(value);
        public static implicit operator Tensor(double[] value) => tensor(value);
        public static implicit operator Tensor(bool[] value) => tensor(value);
        public static implicit operator Tensor(Scalar scalar) => Ops.full.Call(Array.Empty<long>(), scalar, scalar.Type);

        public static Tensor operator -(Tensor tensor) => tensor.neg();
        public static Tensor operator ~(Tensor left) => left.bitwise_not();
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        public static Tensor operator +(Tensor left, Tensor right) => Ops.add.Call(left, right, Scalar.One);
        public static Tensor operator +(Tensor left, Scalar right) => Ops.add_Scalar.Call(left, right.Native, Scalar.One);
        public static Tensor operator +(Scalar left, Tensor right) => Ops.add_Scalar.Call(right, left.Native, Scalar.One);
        public static Tensor operator +(Tensor left, int right) => Ops.add_Scalar.Call(left, Scalar.Of((long)right), Scalar.One);
        public static Tensor operator +(Tensor left, long right) => Ops.add_Scalar.Call(left, Scalar.Of(right), Scalar.One);
        public static Tensor operator +(Tensor left, float right) => Ops.add_Scalar.Call(left, Scalar.Of((double)right), Scalar.One);
        public static Tensor operator +(Tensor left, double right) => Ops.add_Scalar.Call(left, Scalar.Of(right), Scalar.One);
        public static Tensor operator +(int left, Tensor right) => Ops.add_Scalar.Call(right, Scalar.Of((long)left), Scalar.One);
        public static Tensor operator +(long left, Tensor right) => Ops.add_Scalar.Call(right, Scalar.Of(left), Scalar.One);
        public static Tensor operator +(float left, Tensor right) => Ops.add_Scalar.Call(right, Scalar.Of((double)left), Scalar.One);
        public static Tensor operator +(double left, Tensor right) => Ops.add_Scalar.Call(right, Scalar.Of(left), Scalar.One);

        public static Tensor operator -(Tensor left, Tensor right) => Ops.sub.Call(left, right, Scalar.One);
        public static Tensor operator -(Tensor left, Scalar right) => Ops.sub_Scalar.Call(left, right.Native, Scalar.One);
        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub_Scalar.Call(right, left.Native, Scalar.One);
        public static Tensor operator -(Tensor left, int right) => Ops.sub_Scalar.Call(left, Scalar.Of((long)right), Scalar.One);
        public static Tensor operator -(Tensor left, long right) => Ops.sub_Scalar.Call(left, Scalar.Of(right), Scalar.One);
        public static Tensor operator -(Tensor left, float right) => Ops.sub_Scalar.Call(left, Scalar.Of((double)right), Scalar.One);
        public static Tensor operator -(Tensor left, double right) => Ops.sub_Scalar.Call(left, Scalar.Of(right), Scalar.One);
        public static Tensor operator -(int left, Tensor right) => Ops.rsub_Scalar.Call(right, Scalar.Of((long)left), Scalar.One);
        public static Tensor operator -(long left, Tensor right) => Ops.rsub_Scalar.Call(right, Scalar.Of(left), Scalar.One);
        public static Tensor operator -(float left, Tensor right) => Ops.rsub_Scalar.Call(right, Scalar.Of((double)left), Scalar.One);
        public static Tensor operator -(double left, Tensor right) => Ops.rsub_Scalar.Call(right, Scalar.Of(left), Scalar.One);

        public static Tensor operator *(Tensor left, Tensor right) => Ops.mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Ops.mul_Scalar.Call(left, right.Native);
        public static Tensor operator *(Scalar left, Tensor right) => Ops.mul_Scalar.Call(right, left.Native);
        public static Tensor operator *(Tensor left, int right) => Ops.mul_Scalar.Call(left, Scalar.Of((long)right));
        public static Tensor operator *(Tensor left, long right) => Ops.mul_Scalar.Call(left, Scalar.Of(right));
        public static Tensor operator *(Tensor left, float right) => Ops.mul_Scalar.Call(left, Scalar.Of((double)right));
        public static Tensor operator *(Tensor left, double right) => Ops.mul_Scalar.Call(left, Scalar.Of(right));
        public static Tensor operator *(int left, Tensor right) => Ops.mul_Scalar.Call(right, Scalar.Of((long)left));
        public static Tensor operator *(long left, Tensor right) => Ops.mul_Scalar.Call(right, Scalar.Of(left));
        public static Tensor operator *(float left, Tensor right) => Ops.mul_Scalar.Call(right, Scalar.Of((double)left));
        public static Tensor operator *(double left, Tensor right) => Ops.mul_Scalar.Call(right, Scalar.Of(left));

        public static Tensor operator /(Tensor left, Tensor right) => Ops.div.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Ops.div_Scalar.Call(left, right.Native);
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left.Native, right);
        public static Tensor operator /(Tensor left, int right) => Ops.div_Scalar.Call(left, Scalar.Of((long)right));
        public static Tensor operator /(Tensor left, long right) => Ops.div_Scalar.Call(left, Scalar.Of(right));
        public static Tensor operator /(Tensor left, float right) => Ops.div_Scalar.Call(left, Scalar.Of((double)right));
        public static Tensor operator /(Tensor left, double right) => Ops.div_Scalar.Call(left, Scalar.Of(right));
        public static Tensor operator /(int left, Tensor right) => Quotient(Scalar.Of((long)left), right);
        public static Tensor operator /(long left, Tensor right) => Quotient(Scalar.Of(left), right);
        public static Tensor operator /(float left, Tensor right) => Quotient(Scalar.Of((double)left), right);
        public static Tensor operator /(double left, Tensor right) => Quotient(Scalar.Of(left), right);

        public static Tensor operator %(Tensor left, Tensor right) => Ops.remainder.Call(left, right);
        public static Tensor operator %(Tensor left, Scalar right) => Ops.remainder_Scalar.Call(left, right.Native);
        public static Tensor operator %(Tensor left, int right) => Ops.remainder_Scalar.Call(left, Scalar.Of((long)right));
        public static Tensor operator %(Tensor left, long right) => Ops.remainder_Scalar.Call(left, Scalar.Of(right));
        public static Tensor operator %(Tensor left, float right) => Ops.remainder_Scalar.Call(left, Scalar.Of((double)right));
        public static Tensor operator %(Tensor left, double right) => Ops.remainder_Scalar.Call(left, Scalar.Of(right));

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        private static Tensor Quotient(NativeArg left, Tensor right)
        {
            using var inverse = right.reciprocal();
            return Ops.mul_Scalar.Call(inverse, left);
        }
    }
}
