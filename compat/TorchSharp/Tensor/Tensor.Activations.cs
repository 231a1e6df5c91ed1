using TorchSharp.Interop;

namespace TorchSharp;

// Activation functions.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sigmoid() =>
            Ops.sigmoid.Call(this);

        public Tensor sigmoid_() =>
            Ops.sigmoid_.Call(this);

        public Tensor relu() =>
            Ops.relu.Call(this);

        public Tensor relu_() =>
            Ops.relu_.Call(this);

        public Tensor silu() =>
            Ops.silu.Call(this);

        public Tensor silu_() =>
            Ops.silu_.Call(this);

        public Tensor hardsigmoid() =>
            Ops.hardsigmoid.Call(this);

        public Tensor hardsigmoid_() =>
            Ops.hardsigmoid_.Call(this);

        public Tensor hardswish() =>
            Ops.hardswish.Call(this);

        public Tensor hardswish_() =>
            Ops.hardswish_.Call(this);

        public Tensor relu6() =>
            Ops.relu6.Call(this);

        public Tensor relu6_() =>
            Ops.relu6_.Call(this);

        public Tensor log_sigmoid() =>
            Ops.log_sigmoid.Call(this);

        public Tensor prelu(Tensor target) =>
            Ops.prelu.Call(this, target);

        public Tensor leaky_relu(Scalar negative_slope) =>
            Ops.leaky_relu.Call(this, negative_slope.Native);

        public Tensor hardtanh(Scalar min, Scalar max) =>
            Ops.hardtanh.Call(this, min, max);

        public Tensor threshold(Scalar threshold, Scalar value) =>
            Ops.threshold.Call(this, threshold, value);

        public Tensor elu(double alpha = 1) =>
            Ops.elu.Call(this, alpha);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Ops.elu.Call(this, alpha, scale, input_scale);

        public Tensor gelu(Modules.GELU.Approximate approximate) =>
            Ops.gelu.Call(this, approximate.ToString());

        public Tensor gelu() =>
            Ops.gelu.Call(this);

        public Tensor selu() =>
            Ops.selu.Call(this);

        public Tensor celu() =>
            Ops.celu.Call(this);

        public Tensor celu(Scalar alpha) =>
            Ops.celu.Call(this, alpha);

        public Tensor leaky_relu_(Scalar negative_slope) =>
            Ops.leaky_relu_.Call(this, negative_slope.Native);

        public Tensor hardtanh_(Scalar min, Scalar max) =>
            Returning(Ops.hardtanh_, this, min, max);

        public Tensor threshold_(Scalar threshold, Scalar value) =>
            Returning(Ops.threshold_, this, threshold, value);

        public Tensor elu_(double alpha = 1) =>
            Returning(Ops.elu_, this, alpha);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Returning(Ops.elu_, this, alpha, scale, input_scale);

        public Tensor gelu_(Modules.GELU.Approximate approximate) =>
            Returning(Ops.gelu_, this, approximate.ToString());

        public Tensor gelu_() =>
            Returning(Ops.gelu_, this);

        public Tensor selu_() =>
            Returning(Ops.selu_, this);

        public Tensor celu_() =>
            Returning(Ops.celu_, this);

        public Tensor celu_(Scalar alpha) =>
            Returning(Ops.celu_, this, alpha);

        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Ops.softplus.Call(this, beta, threshold);

        public Tensor glu(long dim = -1) =>
            Ops.glu.Call(this, dim);

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Direct.Softmax(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Direct.LogSoftmax(this, dim, dtype);
    }
}
