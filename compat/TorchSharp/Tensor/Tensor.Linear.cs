using TorchSharp.Interop;

namespace TorchSharp;

// Products of matrices.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor trace() =>
            Ops.trace.Call(this);

        public Tensor inverse() =>
            Ops.inverse.Call(this);

        public Tensor det() =>
            Ops.det.Call(this);

        public Tensor logdet() =>
            Ops.logdet.Call(this);

        public Tensor matrix_exp() =>
            Ops.matrix_exp.Call(this);

        public Tensor matmul(Tensor target) =>
            Ops.matmul.Call(this, target);

        public Tensor mm(Tensor target) =>
            Ops.mm.Call(this, target);

        public Tensor bmm(Tensor batch2) =>
            Ops.bmm.Call(this, batch2);

        public Tensor mv(Tensor target) =>
            Ops.mv.Call(this, target);

        public Tensor dot(Tensor target) =>
            Ops.dot.Call(this, target);

        public Tensor vdot(Tensor target) =>
            Ops.vdot.Call(this, target);

        public Tensor inner(Tensor vec2) =>
            Ops.inner.Call(this, vec2);

        public Tensor outer(Tensor vec2) =>
            Ops.outer.Call(this, vec2);

        public Tensor ger(Tensor vec2) =>
            Ops.ger.Call(this, vec2);

        public Tensor kron(Tensor other) =>
            Ops.kron.Call(this, other);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Ops.addmm.Call(this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Ops.addbmm.Call(this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Ops.addmv.Call(this, mat, vec, (double)beta, (double)alpha);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Ops.addr.Call(this, vec1, vec2, (double)beta, (double)alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Returning(Ops.addmm_, this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Returning(Ops.addbmm_, this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Returning(Ops.addmv_, this, mat, vec, (double)beta, (double)alpha);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Returning(Ops.addr_, this, vec1, vec2, (double)beta, (double)alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Ops.baddbmm.Call(this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor matrix_power(int n) =>
            Ops.matrix_power.Call(this, n);
    }
}
