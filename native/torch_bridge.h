// A small C interface over libtorch: any ATen operator by schema name, plus what operators do not cover
// (autograd, data pointers, generators, grad modes, threads, CUDA).
//
// Errors: functions that can fail return a status (0 fine, 1 failed) or a null pointer; pt_last_error() then gives the
// message of this thread. No exception leaves the library. Any function may be called from any thread.
//
// Tensors are owned at::TensorImpl pointers, given back by pt_tensor_free. Arguments are borrowed, results are owned.
#pragma once
#include <stdint.h>

#define PT_EXPORT extern "C" __attribute__((visibility("default")))

typedef void* pt_tensor;
typedef void* pt_op;
typedef void* pt_generator;

// What an argument of pt_call holds. Lists point at caller memory that must live through the call.
enum pt_tag : int32_t {
    PT_NONE = 0,
    PT_TENSOR = 1,
    PT_INT = 2,
    PT_DOUBLE = 3,
    PT_BOOL = 4,
    PT_STRING = 5,           // pointer to UTF-8, length in bytes
    PT_INT_LIST = 6,         // pointer to int64, length
    PT_DOUBLE_LIST = 7,      // pointer to double, length
    PT_TENSOR_LIST = 8,      // pointer to pt_tensor, length
    PT_OPTIONAL_TENSOR_LIST = 9, // the same; null entries are absent
    PT_DEVICE = 10,          // type in the low, index in the high 32 bits
    PT_GENERATOR = 11,
    PT_BOOL_LIST = 12,       // pointer to int64 (0 or 1), length
    PT_COMPLEX = 13          // pointer to two doubles
};

struct pt_arg {
    int32_t tag;
    int32_t length;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

// A Scalar passed by value: tag is PT_INT, PT_DOUBLE, PT_BOOL or PT_COMPLEX.
struct pt_scalar {
    int32_t tag;
    int32_t unused;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

PT_EXPORT const char* pt_last_error();
PT_EXPORT const char* pt_version();

// operators
PT_EXPORT pt_op pt_find(const char* name, const char* overload);
// Runs an operator. Every tensor, number and bool among the results (lists and tuples flattened) takes one entry;
// *count is how many there are. Past `capacity` the rest waits for pt_take_results on the same thread.
PT_EXPORT int pt_call(pt_op op, const pt_arg* args, int32_t arg_count, pt_arg* results, int32_t capacity, int32_t* count);
PT_EXPORT void pt_take_results(pt_arg* results);

// Unboxed calls for element-wise operators; `op` comes from pt_find_typed with the same signature number.
enum pt_signature : int32_t {
    PT_T = 0,    // Tensor(Tensor)
    PT_TT = 1,   // Tensor(Tensor, Tensor)
    PT_TTS = 2,  // Tensor(Tensor, Tensor, Scalar)
    PT_TS = 3,   // Tensor(Tensor, Scalar)
    PT_TSS = 4,  // Tensor(Tensor, Scalar, Scalar)
    PT_IN_T = 5, // Tensor&(Tensor&) and so on, in place
    PT_IN_TT = 6,
    PT_IN_TTS = 7,
    PT_IN_TS = 8,
    PT_IN_TSS = 9,
    PT_TI = 10,  // Tensor(Tensor, int)
    PT_TII = 11  // Tensor(Tensor, int, int)
};
PT_EXPORT pt_op pt_find_typed(const char* name, const char* overload, int32_t signature);
PT_EXPORT pt_tensor pt_t(pt_op op, pt_tensor a);
PT_EXPORT pt_tensor pt_tt(pt_op op, pt_tensor a, pt_tensor b);
PT_EXPORT pt_tensor pt_tts(pt_op op, pt_tensor a, pt_tensor b, pt_scalar s);
PT_EXPORT pt_tensor pt_ts(pt_op op, pt_tensor a, pt_scalar s);
PT_EXPORT pt_tensor pt_tss(pt_op op, pt_tensor a, pt_scalar s, pt_scalar u);
PT_EXPORT int pt_in_t(pt_op op, pt_tensor a);
PT_EXPORT int pt_in_tt(pt_op op, pt_tensor a, pt_tensor b);
PT_EXPORT int pt_in_tts(pt_op op, pt_tensor a, pt_tensor b, pt_scalar s);
PT_EXPORT int pt_in_ts(pt_op op, pt_tensor a, pt_scalar s);
PT_EXPORT int pt_in_tss(pt_op op, pt_tensor a, pt_scalar s, pt_scalar u);
PT_EXPORT pt_tensor pt_ti(pt_op op, pt_tensor a, int64_t i);
PT_EXPORT pt_tensor pt_tii(pt_op op, pt_tensor a, int64_t i, int64_t j);
// The commonest calls that carry int lists or optional tensors.
PT_EXPORT pt_tensor pt_view(pt_tensor a, const int64_t* sizes, int32_t count);
PT_EXPORT pt_tensor pt_reshape(pt_tensor a, const int64_t* sizes, int32_t count);
PT_EXPORT pt_tensor pt_select(pt_tensor a, int64_t dim, int64_t index);
PT_EXPORT pt_tensor pt_slice(pt_tensor a, int64_t dim, int64_t start, int64_t end, int64_t step);
PT_EXPORT pt_tensor pt_linear(pt_tensor input, pt_tensor weight, pt_tensor bias);
PT_EXPORT pt_tensor pt_softmax(pt_tensor a, int64_t dim, int32_t dtype);     // dtype -1: as the input's
PT_EXPORT pt_tensor pt_log_softmax(pt_tensor a, int64_t dim, int32_t dtype);
PT_EXPORT pt_tensor pt_sum(pt_tensor a, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype);
PT_EXPORT pt_tensor pt_mean(pt_tensor a, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype);
PT_EXPORT pt_tensor pt_permute(pt_tensor a, const int64_t* dims, int32_t count);
PT_EXPORT pt_tensor pt_expand(pt_tensor a, const int64_t* sizes, int32_t count);
PT_EXPORT pt_tensor pt_cat(const pt_tensor* tensors, int32_t count, int64_t dim);
PT_EXPORT int pt_copy(pt_tensor target, pt_tensor source, int32_t non_blocking);
PT_EXPORT pt_tensor pt_index_select(pt_tensor a, int64_t dim, pt_tensor index);
PT_EXPORT pt_tensor pt_layer_norm(pt_tensor a, const int64_t* shape, int32_t count, pt_tensor weight, pt_tensor bias, double eps);
PT_EXPORT pt_tensor pt_empty(const int64_t* sizes, int32_t count, int32_t dtype, int32_t device_type, int32_t device_index);

// tensors
PT_EXPORT void pt_tensor_free(pt_tensor t);
PT_EXPORT pt_tensor pt_tensor_alias(pt_tensor t);
PT_EXPORT int64_t pt_dim(pt_tensor t);
PT_EXPORT int64_t pt_numel(pt_tensor t);
PT_EXPORT int32_t pt_dtype(pt_tensor t);
PT_EXPORT int64_t pt_element_size(pt_tensor t);
PT_EXPORT int64_t pt_device(pt_tensor t); // type low, index high 32 bits
PT_EXPORT void pt_sizes(pt_tensor t, int64_t* out);
PT_EXPORT int pt_strides(pt_tensor t, int64_t* out);
PT_EXPORT int64_t pt_storage_offset(pt_tensor t);
PT_EXPORT int64_t pt_storage_bytes(pt_tensor t);
PT_EXPORT int pt_is_contiguous(pt_tensor t);
PT_EXPORT int pt_is_sparse(pt_tensor t);
PT_EXPORT int pt_is_pinned(pt_tensor t); // -1 on error
PT_EXPORT int64_t pt_version_of(pt_tensor t); // in-place version, -1 without
PT_EXPORT void* pt_data(pt_tensor t); // first element; null for an empty tensor or on error
PT_EXPORT pt_tensor pt_from_blob(void* data, const int64_t* sizes, int32_t count, int32_t dtype, void (*free)(void*), void* state);
PT_EXPORT int pt_item(pt_tensor t, pt_arg* out); // PT_INT, PT_DOUBLE or PT_BOOL

// autograd
PT_EXPORT int pt_requires_grad(pt_tensor t);
PT_EXPORT int pt_set_requires_grad(pt_tensor t, int32_t value);
PT_EXPORT int pt_is_leaf(pt_tensor t);
PT_EXPORT int pt_retain_grad(pt_tensor t);
PT_EXPORT int pt_grad(pt_tensor t, pt_tensor* out); // null when absent
PT_EXPORT int pt_set_grad(pt_tensor t, pt_tensor grad);
// retain_graph: -1 means as create_graph. Null entries of `grads` mean ones.
PT_EXPORT int pt_backward(const pt_tensor* tensors, int32_t count, const pt_tensor* grads, int32_t grad_count,
    int32_t retain_graph, int32_t create_graph, const pt_tensor* inputs, int32_t input_count);
PT_EXPORT int pt_autograd_grad(const pt_tensor* outputs, int32_t count, const pt_tensor* inputs, int32_t input_count,
    const pt_tensor* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, pt_tensor* out);
PT_EXPORT int pt_grad_enabled();
PT_EXPORT void pt_set_grad_enabled(int32_t value);
PT_EXPORT int pt_inference_mode_enabled();
PT_EXPORT void* pt_inference_mode_enter(int32_t value);
PT_EXPORT void pt_inference_mode_leave(void* guard);
// A node that calls back: outputs become functions of the inputs that require grad.
// callback(state, grads, grad_count, results): fills `results` (one owned tensor or null per input), returns 0, or 1
// after storing a message with pt_set_error. release(state) is called when the node dies.
typedef int32_t (*pt_backward_callback)(void* state, const pt_tensor* grads, int32_t grad_count, pt_tensor* results);
PT_EXPORT int pt_attach_node(const pt_tensor* inputs, int32_t input_count, const pt_tensor* outputs, int32_t output_count,
    pt_tensor* attached, pt_backward_callback callback, void (*release)(void*), void* state);
PT_EXPORT void pt_set_error(const char* message);

// generators
PT_EXPORT pt_generator pt_generator_default(int32_t device_type, int32_t device_index);
PT_EXPORT pt_generator pt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index);
PT_EXPORT void pt_generator_free(pt_generator g);
PT_EXPORT int pt_generator_set_seed(pt_generator g, uint64_t seed);
PT_EXPORT int pt_generator_initial_seed(pt_generator g, uint64_t* seed);
PT_EXPORT int pt_generator_seed(pt_generator g, uint64_t* seed); // draws a fresh seed
PT_EXPORT pt_tensor pt_generator_get_state(pt_generator g);
PT_EXPORT int pt_generator_set_state(pt_generator g, pt_tensor state);
PT_EXPORT int64_t pt_generator_device(pt_generator g);
PT_EXPORT int pt_manual_seed(uint64_t seed); // CPU and every CUDA device

// machine
PT_EXPORT int pt_set_num_threads(int32_t count); // ATen on this and later threads; OpenBLAS too, see torch_machine.cpp
PT_EXPORT int pt_get_num_threads();
PT_EXPORT int pt_set_num_interop_threads(int32_t count);
PT_EXPORT int pt_get_num_interop_threads();
PT_EXPORT int pt_cuda_available();
PT_EXPORT int pt_cudnn_available();
PT_EXPORT int pt_cuda_device_count();
PT_EXPORT int pt_cuda_synchronize(int64_t device);
PT_EXPORT int pt_flag_get(int32_t flag);
PT_EXPORT int pt_flag_set(int32_t flag, int32_t value);

// One AdamW step over a parameter group. Null max_sq: no amsgrad.
PT_EXPORT int pt_adamw(const pt_tensor* params, const pt_tensor* grads, const pt_tensor* exp_avg, const pt_tensor* exp_avg_sq,
    const pt_tensor* max_sq, const int64_t* steps, int32_t count, double lr, double beta1, double beta2, double eps,
    double weight_decay, int32_t maximize);
