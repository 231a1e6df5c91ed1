// Metadata, memory and reading of tensors; the error slot.
#include "torch_support.h"

using namespace pairuni;

namespace {
thread_local std::string last_error;

c10::TensorImpl* impl(pt_tensor t)
{
    return static_cast<c10::TensorImpl*>(t);
}
} // namespace

void pairuni::store_error(const char* message) noexcept
{
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

const char* pt_last_error()
{
    return last_error.c_str();
}

void pt_set_error(const char* message)
{
    store_error(message);
}

const char* pt_version()
{
    return TORCH_VERSION;
}

void pt_tensor_free(pt_tensor t)
{
    if (t == nullptr)
        return;
    guarded(0, [&] {
        c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(impl(t));
        return 0;
    });
}

pt_tensor pt_tensor_alias(pt_tensor t)
{
    return give(at::Tensor(*Borrowed(t)));
}

int64_t pt_dim(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return Borrowed(t)->dim(); });
}

int64_t pt_numel(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return Borrowed(t)->numel(); });
}

int32_t pt_dtype(pt_tensor t)
{
    return static_cast<int32_t>(Borrowed(t)->scalar_type());
}

int64_t pt_element_size(pt_tensor t)
{
    return static_cast<int64_t>(Borrowed(t)->element_size());
}

int64_t pt_device(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return pack_device(Borrowed(t)->device()); });
}

void pt_sizes(pt_tensor t, int64_t* out)
{
    guarded(0, [&] {
        auto sizes = Borrowed(t)->sizes();
        std::copy(sizes.begin(), sizes.end(), out);
        return 0;
    });
}

int pt_strides(pt_tensor t, int64_t* out)
{
    return guarded(1, [&] {
        auto strides = Borrowed(t)->strides();
        std::copy(strides.begin(), strides.end(), out);
        return 0;
    });
}

int64_t pt_storage_offset(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return Borrowed(t)->storage_offset(); });
}

int64_t pt_storage_bytes(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return (int64_t)Borrowed(t)->storage().nbytes(); });
}

int pt_is_contiguous(pt_tensor t)
{
    return guarded(-1, [&] { return (int)Borrowed(t)->is_contiguous(); });
}

int pt_is_sparse(pt_tensor t)
{
    return guarded(-1, [&] { return (int)Borrowed(t)->is_sparse(); });
}

int pt_is_pinned(pt_tensor t)
{
    return guarded(-1, [&] { return (int)Borrowed(t)->is_pinned(); });
}

int64_t pt_version_of(pt_tensor t)
{
    return guarded<int64_t>(-1, [&] { return Borrowed(t)->is_inference() ? (int64_t)-1 : Borrowed(t)->_version(); });
}

void* pt_data(pt_tensor t)
{
    return guarded<void*>(nullptr, [&] { return Borrowed(t)->data_ptr(); });
}

pt_tensor pt_from_blob(void* data, const int64_t* sizes, int32_t count, int32_t dtype, void (*free)(void*), void* state)
{
    return guarded<pt_tensor>(nullptr, [&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
        return give(at::from_blob(data, c10::IntArrayRef(sizes, count), [free, state](void*) { free(state); }, options));
    });
}

int pt_item(pt_tensor t, pt_arg* out)
{
    return guarded(1, [&] {
        auto value = Borrowed(t)->item();
        out->length = 0;
        if (value.isFloatingPoint()) {
            out->tag = PT_DOUBLE;
            out->real = value.toDouble();
        } else if (value.isBoolean()) {
            out->tag = PT_BOOL;
            out->integer = value.toBool();
        } else {
            out->tag = PT_INT;
            out->integer = value.toLong();
        }
        return 0;
    });
}
