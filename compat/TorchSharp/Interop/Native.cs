using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>
/// The C interface of native/torch_bridge.h. Only calls that never block, allocate or call back are made without
/// switching the garbage collector's mode.
/// </summary>
internal static unsafe class Native
{
    private const string Library = "pairuni_torch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);

    [DllImport(Library)] public static extern byte* pt_last_error();
    [DllImport(Library)] public static extern void pt_set_error(byte* message);
    [DllImport(Library)] public static extern byte* pt_version();

    [DllImport(Library)] public static extern nint pt_find(byte* name, byte* overload);
    [DllImport(Library)] public static extern nint pt_find_typed(byte* name, byte* overload, int signature);
    [DllImport(Library)] public static extern int pt_call(nint op, NativeArg* args, int argCount, NativeArg* results, int capacity, int* count);
    [DllImport(Library)] public static extern void pt_take_results(NativeArg* results);

    [DllImport(Library)] public static extern nint pt_t(nint op, nint a);
    [DllImport(Library)] public static extern nint pt_tt(nint op, nint a, nint b);
    [DllImport(Library)] public static extern nint pt_tts(nint op, nint a, nint b, NativeArg s);
    [DllImport(Library)] public static extern nint pt_ts(nint op, nint a, NativeArg s);
    [DllImport(Library)] public static extern nint pt_tss(nint op, nint a, NativeArg s, NativeArg u);
    [DllImport(Library)] public static extern int pt_in_t(nint op, nint a);
    [DllImport(Library)] public static extern int pt_in_tt(nint op, nint a, nint b);
    [DllImport(Library)] public static extern int pt_in_tts(nint op, nint a, nint b, NativeArg s);
    [DllImport(Library)] public static extern int pt_in_ts(nint op, nint a, NativeArg s);
    [DllImport(Library)] public static extern int pt_in_tss(nint op, nint a, NativeArg s, NativeArg u);
    [DllImport(Library)] public static extern nint pt_ti(nint op, nint a, long i);
    [DllImport(Library)] public static extern nint pt_tii(nint op, nint a, long i, long j);
    [DllImport(Library)] public static extern nint pt_view(nint a, long* sizes, int count);
    [DllImport(Library)] public static extern nint pt_reshape(nint a, long* sizes, int count);
    [DllImport(Library)] public static extern nint pt_select(nint a, long dim, long index);
    [DllImport(Library)] public static extern nint pt_slice(nint a, long dim, long start, long end, long step);
    [DllImport(Library)] public static extern nint pt_linear(nint input, nint weight, nint bias);
    [DllImport(Library)] public static extern nint pt_softmax(nint a, long dim, int dtype);
    [DllImport(Library)] public static extern nint pt_log_softmax(nint a, long dim, int dtype);
    [DllImport(Library)] public static extern nint pt_sum(nint a, long* dims, int count, int keepdim, int dtype);
    [DllImport(Library)] public static extern nint pt_mean(nint a, long* dims, int count, int keepdim, int dtype);
    [DllImport(Library)] public static extern nint pt_permute(nint a, long* dims, int count);
    [DllImport(Library)] public static extern nint pt_expand(nint a, long* sizes, int count);
    [DllImport(Library)] public static extern nint pt_cat(nint* tensors, int count, long dim);
    [DllImport(Library)] public static extern int pt_copy(nint target, nint source, int nonBlocking);
    [DllImport(Library)] public static extern nint pt_index_select(nint a, long dim, nint index);
    [DllImport(Library)] public static extern nint pt_layer_norm(nint a, long* shape, int count, nint weight, nint bias, double eps);
    [DllImport(Library)] public static extern nint pt_empty(long* sizes, int count, int dtype, int deviceType, int deviceIndex);

    [DllImport(Library)] public static extern void pt_tensor_free(nint t);
    [DllImport(Library)] public static extern nint pt_tensor_alias(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern long pt_dim(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern long pt_numel(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern int pt_dtype(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern long pt_element_size(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern long pt_device(nint t);
    [DllImport(Library), SuppressGCTransition] public static extern void pt_sizes(nint t, long* sizes);
    [DllImport(Library)] public static extern int pt_strides(nint t, long* strides);
    [DllImport(Library)] public static extern long pt_storage_offset(nint t);
    [DllImport(Library)] public static extern long pt_storage_bytes(nint t);
    [DllImport(Library)] public static extern int pt_is_contiguous(nint t);
    [DllImport(Library)] public static extern int pt_is_sparse(nint t);
    [DllImport(Library)] public static extern int pt_is_pinned(nint t);
    [DllImport(Library)] public static extern void* pt_data(nint t);
    [DllImport(Library)] public static extern nint pt_from_blob(void* data, long* sizes, int count, int dtype, delegate* unmanaged<void*, void> free, void* state);
    [DllImport(Library)] public static extern int pt_item(nint t, NativeArg* value);

    [DllImport(Library)] public static extern int pt_requires_grad(nint t);
    [DllImport(Library)] public static extern int pt_set_requires_grad(nint t, int value);
    [DllImport(Library)] public static extern int pt_is_leaf(nint t);
    [DllImport(Library)] public static extern int pt_retain_grad(nint t);
    [DllImport(Library)] public static extern int pt_grad(nint t, nint* grad);
    [DllImport(Library)] public static extern int pt_set_grad(nint t, nint grad);
    [DllImport(Library)] public static extern int pt_backward(nint* tensors, int count, nint* grads, int gradCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [DllImport(Library)] public static extern int pt_autograd_grad(nint* outputs, int count, nint* inputs, int inputCount, nint* grads, int gradCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [DllImport(Library), SuppressGCTransition] public static extern int pt_grad_enabled();
    [DllImport(Library), SuppressGCTransition] public static extern void pt_set_grad_enabled(int value);
    [DllImport(Library), SuppressGCTransition] public static extern int pt_inference_mode_enabled();
    [DllImport(Library)] public static extern nint pt_inference_mode_enter(int value);
    [DllImport(Library)] public static extern void pt_inference_mode_leave(nint guard);
    [DllImport(Library)] public static extern int pt_attach_node(nint* inputs, int inputCount, nint* outputs, int outputCount, nint* attached, delegate* unmanaged<void*, nint*, int, nint*, int> callback, delegate* unmanaged<void*, void> release, void* state);

    [DllImport(Library)] public static extern nint pt_generator_default(int deviceType, int deviceIndex);
    [DllImport(Library)] public static extern nint pt_generator_new(ulong seed, int deviceType, int deviceIndex);
    [DllImport(Library)] public static extern void pt_generator_free(nint g);
    [DllImport(Library)] public static extern int pt_generator_set_seed(nint g, ulong seed);
    [DllImport(Library)] public static extern int pt_generator_initial_seed(nint g, ulong* seed);
    [DllImport(Library)] public static extern int pt_generator_seed(nint g, ulong* seed);
    [DllImport(Library)] public static extern nint pt_generator_get_state(nint g);
    [DllImport(Library)] public static extern int pt_generator_set_state(nint g, nint state);
    [DllImport(Library)] public static extern long pt_generator_device(nint g);
    [DllImport(Library)] public static extern int pt_manual_seed(ulong seed);

    [DllImport(Library)] public static extern int pt_set_num_threads(int count);
    [DllImport(Library)] public static extern int pt_get_num_threads();
    [DllImport(Library)] public static extern int pt_set_num_interop_threads(int count);
    [DllImport(Library)] public static extern int pt_get_num_interop_threads();
    [DllImport(Library)] public static extern int pt_cuda_available();
    [DllImport(Library)] public static extern int pt_cudnn_available();
    [DllImport(Library)] public static extern int pt_cuda_device_count();
    [DllImport(Library)] public static extern int pt_cuda_synchronize(long device);
    [DllImport(Library)] public static extern int pt_flag_get(int flag);
    [DllImport(Library)] public static extern int pt_flag_set(int flag, int value);

    [DllImport(Library)] public static extern int pt_adamw(nint* parameters, nint* grads, nint* expAvg, nint* expAvgSq, nint* maxSq, long* steps, int count, double lr, double beta1, double beta2, double eps, double weightDecay, int maximize);

    private static nint Load(string name, System.Reflection.Assembly assembly, DllImportSearchPath? search)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"lib{name}.so");
        return File.Exists(path)
            ? NativeLibrary.Load(path)
            : throw new DllNotFoundException($"'{path}' is missing: build the native libraries with cmake (see native/CMakeLists.txt), then build the project again.");
    }

    /// <summary>The last native error of this thread, its first line, as the exception that TorchSharp throws.</summary>
    public static ExternalException LastError()
    {
        var message = Marshal.PtrToStringUTF8((nint)pt_last_error()) ?? "unknown native error";
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return new ExternalException(end < 0 ? message : message[..end]);
    }

    /// <exception cref="ExternalException">The call failed.</exception>
    public static void Check(int failed)
    {
        if (failed != 0)
            throw LastError();
    }

    /// <exception cref="ExternalException">The call failed.</exception>
    public static nint CheckNotNull(nint handle) => handle != 0 ? handle : throw LastError();

    /// <exception cref="ExternalException">The call failed.</exception>
    public static int CheckNotNegative(int value) => value >= 0 ? value : throw LastError();
}
