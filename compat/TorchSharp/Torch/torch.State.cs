using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    private static ScalarType defaultDtype = ScalarType.Float32;
    private static Device defaultDevice = CPU;

    /// <summary>libtorch's version.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8((nint)Native.pt_version())!;

    /// <summary>The innermost scope of the calling thread; null when none is open.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.innermost;

    /// <summary>Opens a scope on the calling thread; dispose it on the same thread, never across an await.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Open();

    /// <summary>Runs a function in a scope of its own and hands its result to the enclosing one.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static ScalarType get_default_dtype() => defaultDtype;

    /// <summary>The element type of factories that are given none; a floating-point one.</summary>
    public static void set_default_dtype(ScalarType dtype) => defaultDtype = is_floating_point(dtype)
        ? dtype
        : throw new ArgumentException($"only floating-point types are supported as the default type, not {dtype}.", nameof(dtype));

    public static Device get_default_device() => defaultDevice;

    public static void set_default_device(Device device) => defaultDevice = device;

    public static void set_default_device(string device) => defaultDevice = new Device(device);

    /// <summary>Operators made while the guard lives record no graph, on this thread.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.pt_grad_enabled() != 0;

    /// <summary>As <see cref="no_grad"/>, and tensors made so can never take part in a graph.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.pt_inference_mode_enabled() != 0;

    public static int get_num_threads() => Native.CheckNotNegative(Native.pt_get_num_threads());

    /// <summary>Threads that one operator may use, for ATen and for OpenBLAS (whose setting is the process's).</summary>
    public static void set_num_threads(int num) => Native.Check(Native.pt_set_num_threads(num));

    public static int get_num_interop_threads() => Native.CheckNotNegative(Native.pt_get_num_interop_threads());

    public static void set_num_interop_threads(int num) => Native.Check(Native.pt_set_num_interop_threads(num));

    /// <summary>Seeds the CPU's default generator and those of all CUDA devices; returns the former.</summary>
    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.pt_manual_seed((ulong)seed));
        return Generator.Default;
    }

    /// <summary>Draws a fresh seed for the CPU's default generator.</summary>
    public static long seed()
    {
        using var generator = Generator.Default;
        return generator.seed();
    }

    public static long initial_seed()
    {
        using var generator = Generator.Default;
        return generator.initial_seed();
    }

    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool is_tensor(object obj) => obj is Tensor;

    /// <summary>Sets the grad mode of its thread and puts the former one back.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly int before = Native.pt_grad_enabled();
        private bool left;

        public GradMode(bool enabled) => Native.pt_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose()
        {
            if (left)
                return;
            left = true;
            Native.pt_set_grad_enabled(before);
        }
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint guard = Native.pt_inference_mode_enter(mode ? 1 : 0);

        public void Dispose()
        {
            var released = Interlocked.Exchange(ref guard, 0);
            if (released != 0)
                Native.pt_inference_mode_leave(released);
        }
    }

    /// <summary>The functions of <see cref="torch"/> that deal with chance, under Python's name for them.</summary>
    public static class random
    {
        public static long seed() => torch.seed();

        public static long initial_seed() => torch.initial_seed();

        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    public static class cuda
    {
        public static bool is_available() => Native.pt_cuda_available() != 0;

        public static bool is_cudnn_available() => Native.pt_cudnn_available() != 0;

        public static int device_count() => Native.pt_cuda_device_count();

        public static void manual_seed(long seed)
        {
            InitializeDeviceType(DeviceType.CUDA);
            torch.manual_seed(seed);
        }

        public static void manual_seed_all(long seed) => manual_seed(seed);

        /// <summary>Waits for all work of a device, by default the current one.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.Check(Native.pt_cuda_synchronize(device?.index ?? -1));
        }
    }

    public static class backends
    {
        public static class cuda
        {
            public static bool flash_sdp_enabled() => Native.CheckNotNegative(Native.pt_flag_get(3)) != 0;

            public static void enable_flash_sdp(bool enable) => Native.Check(Native.pt_flag_set(3, enable ? 1 : 0));

            public static bool math_sdp_enabled() => Native.CheckNotNegative(Native.pt_flag_get(4)) != 0;

            public static void enable_math_sdp(bool enable) => Native.Check(Native.pt_flag_set(4, enable ? 1 : 0));

            public static class matmul
            {
                /// <summary>Whether float32 products on CUDA may use TF32.</summary>
                public static bool allow_tf32
                {
                    get => Native.CheckNotNegative(Native.pt_flag_get(0)) != 0;
                    set => Native.Check(Native.pt_flag_set(0, value ? 1 : 0));
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.CheckNotNegative(Native.pt_flag_get(1)) != 0;
                set => Native.Check(Native.pt_flag_set(1, value ? 1 : 0));
            }
        }
    }
}
