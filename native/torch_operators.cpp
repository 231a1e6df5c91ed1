// Operators by schema: boxed calls for all, unboxed calls for the frequent element-wise ones.
#include "torch_support.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

using namespace pairuni;

namespace {

thread_local std::vector<pt_arg> leftover_results;

c10::IValue to_ivalue(const pt_arg& arg)
{
    switch (arg.tag) {
    case PT_NONE: return c10::IValue();
    case PT_TENSOR: return c10::IValue(keep(const_cast<void*>(arg.pointer)));
    case PT_INT: return c10::IValue(arg.integer);
    case PT_DOUBLE: return c10::IValue(arg.real);
    case PT_BOOL: return c10::IValue(arg.integer != 0);
    case PT_STRING: return c10::IValue(std::string(static_cast<const char*>(arg.pointer), arg.length));
    case PT_INT_LIST: {
        auto values = static_cast<const int64_t*>(arg.pointer);
        return c10::IValue(c10::IntArrayRef(values, arg.length));
    }
    case PT_DOUBLE_LIST: {
        auto values = static_cast<const double*>(arg.pointer);
        return c10::IValue(c10::ArrayRef<double>(values, arg.length));
    }
    case PT_BOOL_LIST: {
        c10::List<bool> list;
        auto values = static_cast<const int64_t*>(arg.pointer);
        for (int32_t i = 0; i < arg.length; i++)
            list.push_back(values[i] != 0);
        return c10::IValue(std::move(list));
    }
    case PT_TENSOR_LIST: {
        c10::List<at::Tensor> list;
        list.reserve(arg.length);
        auto handles = static_cast<void* const*>(arg.pointer);
        for (int32_t i = 0; i < arg.length; i++)
            list.push_back(keep(handles[i]));
        return c10::IValue(std::move(list));
    }
    case PT_OPTIONAL_TENSOR_LIST: {
        c10::List<Maybe<at::Tensor>> list;
        list.reserve(arg.length);
        auto handles = static_cast<void* const*>(arg.pointer);
        for (int32_t i = 0; i < arg.length; i++)
            list.push_back(handles[i] == nullptr ? Maybe<at::Tensor>() : Maybe<at::Tensor>(keep(handles[i])));
        return c10::IValue(std::move(list));
    }
    case PT_DEVICE: return c10::IValue(device_of((int32_t)(arg.integer & 0xffffffff), (int32_t)(arg.integer >> 32)));
    case PT_GENERATOR: return c10::IValue(*static_cast<const at::Generator*>(arg.pointer));
    case PT_COMPLEX: {
        auto parts = static_cast<const double*>(arg.pointer);
        return c10::IValue(c10::complex<double>(parts[0], parts[1]));
    }
    default: TORCH_CHECK(false, "unknown argument tag ", arg.tag);
    }
}

pt_arg tensor_result(at::Tensor&& tensor)
{
    pt_arg result { PT_TENSOR, 0, {} };
    result.pointer = give(std::move(tensor));
    return result;
}

// Owns what it has collected until it is handed out, so that a failure half way leaks nothing.
class Results {
public:
    ~Results()
    {
        for (auto& entry : entries_)
            if (entry.tag == PT_TENSOR)
                pt_tensor_free(const_cast<void*>(entry.pointer));
    }

    void add(c10::IValue&& value)
    {
        pt_arg entry {};
        if (value.isTensor())
            entry = tensor_result(std::move(value).toTensor());
        else if (value.isInt()) {
            entry.tag = PT_INT;
            entry.integer = value.toInt();
        } else if (value.isDouble()) {
            entry.tag = PT_DOUBLE;
            entry.real = value.toDouble();
        } else if (value.isBool()) {
            entry.tag = PT_BOOL;
            entry.integer = value.toBool();
        } else if (value.isNone())
            entry.tag = PT_NONE;
        else if (value.isTensorList()) {
            for (const at::Tensor& tensor : value.toTensorVector())
                entries_.push_back(tensor_result(at::Tensor(tensor)));
            return;
        } else if (value.isTuple()) {
            for (const auto& element : value.toTupleRef().elements())
                add(c10::IValue(element));
            return;
        } else
            TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot be passed on");
        entries_.push_back(entry);
    }

    int32_t hand_out(pt_arg* out, int32_t capacity)
    {
        auto count = (int32_t)entries_.size();
        auto direct = std::min(count, capacity);
        leftover_results.assign(entries_.begin() + direct, entries_.end());
        std::copy(entries_.begin(), entries_.begin() + direct, out);
        entries_.clear();
        return count;
    }

private:
    c10::SmallVector<pt_arg, 4> entries_;
};

} // namespace

pt_op pt_find(const char* name, const char* overload)
{
    return guarded<pt_op>(nullptr, [&]() -> pt_op {
        auto found = c10::Dispatcher::singleton().findSchema({ name, overload });
        TORCH_CHECK(found.has_value(), "this libtorch has no operator ", name, *overload ? "." : "", overload);
        return new c10::OperatorHandle(*found);
    });
}

int pt_call(pt_op op, const pt_arg* args, int32_t arg_count, pt_arg* results, int32_t capacity, int32_t* count)
{
    return guarded(1, [&] {
        auto& handle = *static_cast<c10::OperatorHandle*>(op);
        const auto& expected = handle.schema().arguments();
        TORCH_CHECK((size_t)arg_count <= expected.size(), handle.schema().name(), " takes ", expected.size(), " arguments, not ", arg_count);
        torch::jit::Stack stack;
        stack.reserve(std::max(expected.size(), handle.schema().returns().size()));
        for (int32_t i = 0; i < arg_count; i++)
            stack.push_back(to_ivalue(args[i]));
        for (size_t i = arg_count; i < expected.size(); i++) {
            TORCH_CHECK(expected[i].default_value().has_value(), handle.schema().name(), " lacks its argument ", expected[i].name());
            stack.push_back(*expected[i].default_value());
        }
        handle.callBoxed(&stack);
        if (stack.size() == 1 && capacity >= 1 && stack[0].isTensor()) {
            results[0] = tensor_result(std::move(stack[0]).toTensor());
            *count = 1;
            return 0;
        }
        Results collected;
        for (auto& value : stack)
            collected.add(std::move(value));
        *count = collected.hand_out(results, capacity);
        return 0;
    });
}

void pt_take_results(pt_arg* results)
{
    std::copy(leftover_results.begin(), leftover_results.end(), results);
    leftover_results.clear();
}

namespace {

using T = const at::Tensor&;
using M = at::Tensor&;
using S = const at::Scalar&;

template <class Signature>
pt_op find_as(const c10::OperatorHandle& handle)
{
    return new c10::TypedOperatorHandle<Signature>(handle.typed<Signature>());
}

template <class Signature, class... Args>
inline auto run(pt_op op, Args&&... args) -> decltype(auto)
{
    return static_cast<c10::TypedOperatorHandle<Signature>*>(op)->call(std::forward<Args>(args)...);
}

// Out of place. Where no operand's gradient is recorded, the autograd layer would only pass the call on, at an eighth of
// the price of a small one.
template <class Signature, class... Args>
inline at::Tensor make(bool recorded, pt_op op, Args&&... args)
{
    if (recorded && c10::GradMode::is_enabled())
        return run<Signature>(op, std::forward<Args>(args)...);
    at::AutoDispatchBelowAutograd below;
    return run<Signature>(op, std::forward<Args>(args)...);
}

inline bool recorded(pt_tensor a)
{
    return Borrowed(a)->requires_grad();
}

} // namespace

pt_op pt_find_typed(const char* name, const char* overload, int32_t signature)
{
    return guarded<pt_op>(nullptr, [&]() -> pt_op {
        auto found = c10::Dispatcher::singleton().findSchema({ name, overload });
        TORCH_CHECK(found.has_value(), "this libtorch has no operator ", name, *overload ? "." : "", overload);
        switch (signature) {
        case PT_T: return find_as<at::Tensor(T)>(*found);
        case PT_TT: return find_as<at::Tensor(T, T)>(*found);
        case PT_TTS: return find_as<at::Tensor(T, T, S)>(*found);
        case PT_TS: return find_as<at::Tensor(T, S)>(*found);
        case PT_TSS: return find_as<at::Tensor(T, S, S)>(*found);
        case PT_IN_T: return find_as<M(M)>(*found);
        case PT_IN_TT: return find_as<M(M, T)>(*found);
        case PT_IN_TTS: return find_as<M(M, T, S)>(*found);
        case PT_IN_TS: return find_as<M(M, S)>(*found);
        case PT_IN_TSS: return find_as<M(M, S, S)>(*found);
        case PT_TI: return find_as<at::Tensor(T, int64_t)>(*found);
        case PT_TII: return find_as<at::Tensor(T, int64_t, int64_t)>(*found);
        default: TORCH_CHECK(false, "unknown signature ", signature);
        }
    });
}

pt_tensor pt_t(pt_op op, pt_tensor a)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T)>(recorded(a), op, *Borrowed(a))); });
}

pt_tensor pt_tt(pt_op op, pt_tensor a, pt_tensor b)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, T)>(recorded(a) || recorded(b), op, *Borrowed(a), *Borrowed(b))); });
}

pt_tensor pt_tts(pt_op op, pt_tensor a, pt_tensor b, pt_scalar s)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, T, S)>(recorded(a) || recorded(b), op, *Borrowed(a), *Borrowed(b), scalar_of(s))); });
}

pt_tensor pt_ts(pt_op op, pt_tensor a, pt_scalar s)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, S)>(recorded(a), op, *Borrowed(a), scalar_of(s))); });
}

pt_tensor pt_tss(pt_op op, pt_tensor a, pt_scalar s, pt_scalar u)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, S, S)>(recorded(a), op, *Borrowed(a), scalar_of(s), scalar_of(u))); });
}

int pt_in_t(pt_op op, pt_tensor a)
{
    return guarded(1, [&] { return run<M(M)>(op, Borrowed(a).mutate()), 0; });
}

int pt_in_tt(pt_op op, pt_tensor a, pt_tensor b)
{
    return guarded(1, [&] { return run<M(M, T)>(op, Borrowed(a).mutate(), *Borrowed(b)), 0; });
}

int pt_in_tts(pt_op op, pt_tensor a, pt_tensor b, pt_scalar s)
{
    return guarded(1, [&] { return run<M(M, T, S)>(op, Borrowed(a).mutate(), *Borrowed(b), scalar_of(s)), 0; });
}

int pt_in_ts(pt_op op, pt_tensor a, pt_scalar s)
{
    return guarded(1, [&] { return run<M(M, S)>(op, Borrowed(a).mutate(), scalar_of(s)), 0; });
}

int pt_in_tss(pt_op op, pt_tensor a, pt_scalar s, pt_scalar u)
{
    return guarded(1, [&] { return run<M(M, S, S)>(op, Borrowed(a).mutate(), scalar_of(s), scalar_of(u)), 0; });
}

pt_tensor pt_ti(pt_op op, pt_tensor a, int64_t i)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, int64_t)>(recorded(a), op, *Borrowed(a), i)); });
}

pt_tensor pt_tii(pt_op op, pt_tensor a, int64_t i, int64_t j)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(make<at::Tensor(T, int64_t, int64_t)>(recorded(a), op, *Borrowed(a), i, j)); });
}

pt_tensor pt_view(pt_tensor a, const int64_t* sizes, int32_t count)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->view(c10::IntArrayRef(sizes, count))); });
}

pt_tensor pt_reshape(pt_tensor a, const int64_t* sizes, int32_t count)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->reshape(c10::IntArrayRef(sizes, count))); });
}

pt_tensor pt_select(pt_tensor a, int64_t dim, int64_t index)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->select(dim, index)); });
}

pt_tensor pt_slice(pt_tensor a, int64_t dim, int64_t start, int64_t end, int64_t step)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->slice(dim, start, end, step)); });
}

pt_tensor pt_linear(pt_tensor input, pt_tensor weight, pt_tensor bias)
{
    return guarded<pt_tensor>(nullptr, [&] {
        return give(bias == nullptr ? at::linear(*Borrowed(input), *Borrowed(weight)) : at::linear(*Borrowed(input), *Borrowed(weight), *Borrowed(bias)));
    });
}

pt_tensor pt_empty(const int64_t* sizes, int32_t count, int32_t dtype, int32_t device_type, int32_t device_index)
{
    return guarded<pt_tensor>(nullptr, [&] {
        return give(at::empty(c10::IntArrayRef(sizes, count),
            at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).device(device_of(device_type, device_index))));
    });
}

namespace {

Maybe<at::ScalarType> dtype_of(int32_t dtype)
{
    return dtype < 0 ? Maybe<at::ScalarType>() : Maybe<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

Maybe<at::Tensor> optional_of(pt_tensor handle)
{
    return handle == nullptr ? Maybe<at::Tensor>() : Maybe<at::Tensor>(keep(handle));
}

} // namespace

pt_tensor pt_softmax(pt_tensor a, int64_t dim, int32_t dtype)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::softmax(*Borrowed(a), dim, dtype_of(dtype))); });
}

pt_tensor pt_log_softmax(pt_tensor a, int64_t dim, int32_t dtype)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::log_softmax(*Borrowed(a), dim, dtype_of(dtype))); });
}

pt_tensor pt_sum(pt_tensor a, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::sum(*Borrowed(a), at::IntArrayRef(dims, count), keepdim != 0, dtype_of(dtype))); });
}

pt_tensor pt_mean(pt_tensor a, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::mean(*Borrowed(a), at::IntArrayRef(dims, count), keepdim != 0, dtype_of(dtype))); });
}

pt_tensor pt_permute(pt_tensor a, const int64_t* dims, int32_t count)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->permute(at::IntArrayRef(dims, count))); });
}

pt_tensor pt_expand(pt_tensor a, const int64_t* sizes, int32_t count)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(Borrowed(a)->expand(at::IntArrayRef(sizes, count))); });
}

pt_tensor pt_cat(const pt_tensor* tensors, int32_t count, int64_t dim)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::cat(keep_all(tensors, count), dim)); });
}

int pt_copy(pt_tensor target, pt_tensor source, int32_t non_blocking)
{
    return guarded(1, [&] { return Borrowed(target).mutate().copy_(*Borrowed(source), non_blocking != 0), 0; });
}

pt_tensor pt_index_select(pt_tensor a, int64_t dim, pt_tensor index)
{
    return guarded<pt_tensor>(nullptr, [&] { return give(at::index_select(*Borrowed(a), dim, *Borrowed(index))); });
}

pt_tensor pt_layer_norm(pt_tensor a, const int64_t* shape, int32_t count, pt_tensor weight, pt_tensor bias, double eps)
{
    return guarded<pt_tensor>(nullptr, [&] {
        return give(at::layer_norm(*Borrowed(a), at::IntArrayRef(shape, count), optional_of(weight), optional_of(bias), eps));
    });
}
