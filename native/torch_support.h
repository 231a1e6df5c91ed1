// What every file of the bridge shares: borrowed tensors, error capture, version differences.
#pragma once
#include "torch_bridge.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <optional>
#include <string>

namespace pairuni {

#if TORCH_VERSION_MAJOR == 1 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR < 4)
template <class T> using Maybe = c10::optional<T>;
#else
template <class T> using Maybe = std::optional<T>;
#endif

// Keeps a message for pt_last_error of this thread.
void store_error(const char* message) noexcept;

// Runs `body`; on an exception stores its message and returns `failed`.
template <class Result, class Body>
inline Result guarded(Result failed, Body&& body) noexcept
{
    try {
        return body();
    } catch (const c10::Error& error) {
        store_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        store_error(error.what());
    } catch (...) {
        store_error("unknown native error");
    }
    return failed;
}

// A tensor handle seen as at::Tensor without touching its reference count. at::Tensor is one intrusive pointer;
// an absent tensor is libtorch's undefined singleton.
class Borrowed {
public:
    explicit Borrowed(pt_tensor handle) noexcept
        : impl_(handle != nullptr ? static_cast<c10::TensorImpl*>(handle) : c10::UndefinedTensorImpl::singleton())
    {
        static_assert(sizeof(at::Tensor) == sizeof(void*), "at::Tensor must be a single pointer");
    }
    const at::Tensor& operator*() const noexcept { return reinterpret_cast<const at::Tensor&>(impl_); }
    at::Tensor& mutate() noexcept { return reinterpret_cast<at::Tensor&>(impl_); }
    const at::Tensor* operator->() const noexcept { return &**this; }

private:
    c10::TensorImpl* impl_;
};

inline pt_tensor give(at::Tensor&& tensor) noexcept
{
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline at::Tensor keep(pt_tensor handle)
{
    return handle == nullptr ? at::Tensor() : *Borrowed(handle);
}

inline std::vector<at::Tensor> keep_all(const pt_tensor* handles, int32_t count)
{
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++)
        tensors.push_back(keep(handles[i]));
    return tensors;
}

inline at::Scalar scalar_of(const pt_scalar& value)
{
    switch (value.tag) {
    case PT_DOUBLE: return at::Scalar(value.real);
    case PT_BOOL: return at::Scalar(value.integer != 0);
    case PT_COMPLEX: {
        auto parts = static_cast<const double*>(value.pointer);
        return at::Scalar(c10::complex<double>(parts[0], parts[1]));
    }
    default: return at::Scalar(value.integer);
    }
}

inline int64_t pack_device(c10::Device device)
{
    return (int64_t)(uint8_t)device.type() | ((int64_t)device.index() << 32);
}

inline c10::Device device_of(int32_t type, int32_t index)
{
    return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

} // namespace pairuni
