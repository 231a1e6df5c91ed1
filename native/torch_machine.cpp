// Random generators, thread counts, memory reuse, CUDA and back-end switches.
#include "torch_support.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/cuda.h>

using namespace pairuni;

namespace {
// Freed tensors stay with the process: handing each back to the kernel costs a page fault per 4 KiB of the next one, which
// is more than most operators on it. 32 MiB is the largest threshold that glibc takes.
__attribute__((constructor)) void keep_freed_memory()
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
}

at::Generator& generator(pt_generator g)
{
    return *static_cast<at::Generator*>(g);
}
} // namespace

pt_generator pt_generator_default(int32_t device_type, int32_t device_index)
{
    return guarded<pt_generator>(nullptr, [&]() -> pt_generator {
        return new at::Generator(at::globalContext().defaultGenerator(device_of(device_type, device_index)));
    });
}

pt_generator pt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index)
{
    return guarded<pt_generator>(nullptr, [&]() -> pt_generator {
        auto device = device_of(device_type, device_index);
        if (device.is_cpu())
            return new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed));
        auto fresh = at::globalContext().defaultGenerator(device).clone();
        fresh.set_current_seed(seed);
        return new at::Generator(std::move(fresh));
    });
}

void pt_generator_free(pt_generator g)
{
    delete static_cast<at::Generator*>(g);
}

int pt_generator_set_seed(pt_generator g, uint64_t seed)
{
    return guarded(1, [&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        generator(g).set_current_seed(seed);
        return 0;
    });
}

int pt_generator_initial_seed(pt_generator g, uint64_t* seed)
{
    return guarded(1, [&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        *seed = generator(g).current_seed();
        return 0;
    });
}

int pt_generator_seed(pt_generator g, uint64_t* seed)
{
    return guarded(1, [&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        *seed = generator(g).seed();
        return 0;
    });
}

pt_tensor pt_generator_get_state(pt_generator g)
{
    return guarded<pt_tensor>(nullptr, [&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        return give(generator(g).get_state());
    });
}

int pt_generator_set_state(pt_generator g, pt_tensor state)
{
    return guarded(1, [&] {
        std::lock_guard<std::mutex> lock(generator(g).mutex());
        generator(g).set_state(*Borrowed(state));
        return 0;
    });
}

int64_t pt_generator_device(pt_generator g)
{
    return guarded<int64_t>(-1, [&] { return pack_device(generator(g).device()); });
}

int pt_manual_seed(uint64_t seed)
{
    return guarded(1, [&] { return at::manual_seed(seed), 0; });
}

int pt_set_num_threads(int32_t count)
{
    return guarded(1, [&] {
        at::set_num_threads(count);
        // OpenBLAS with threads of its own does not ask OpenMP, so its one pool is set here. Built on OpenMP
        // (openblas_get_parallel gives 2) it follows each calling thread by itself and must be left alone.
        auto parallel = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_parallel"));
        auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (parallel != nullptr && set != nullptr && parallel() == 1)
            set(count);
        return 0;
    });
}

int pt_get_num_threads()
{
    return guarded(-1, [&] { return at::get_num_threads(); });
}

int pt_set_num_interop_threads(int32_t count)
{
    return guarded(1, [&] { return at::set_num_interop_threads(count), 0; });
}

int pt_get_num_interop_threads()
{
    return guarded(-1, [&] { return (int)at::get_num_interop_threads(); });
}

int pt_cuda_available()
{
    return guarded(0, [&] { return (int)torch::cuda::is_available(); });
}

int pt_cudnn_available()
{
    return guarded(0, [&] { return (int)torch::cuda::cudnn_is_available(); });
}

int pt_cuda_device_count()
{
    return guarded(0, [&] { return (int)torch::cuda::device_count(); });
}

int pt_cuda_synchronize(int64_t device)
{
    return guarded(1, [&] { return torch::cuda::synchronize(device), 0; });
}

// 0 cuBLAS TF32, 1 cuDNN TF32, 2 fp16 reduced precision, 3 flash attention, 4 math attention, 5 bf16 reduced precision
int pt_flag_get(int32_t flag)
{
    return guarded(-1, [&]() -> int {
        auto& context = at::globalContext();
        switch (flag) {
        case 0: return context.allowTF32CuBLAS();
        case 1: return context.allowTF32CuDNN();
#if TORCH_VERSION_MAJOR >= 2
        case 3: return context.userEnabledFlashSDP();
        case 4: return context.userEnabledMathSDP();
#endif
        default: TORCH_CHECK(false, "this libtorch has no switch ", flag);
        }
    });
}

int pt_flag_set(int32_t flag, int32_t value)
{
    return guarded(1, [&] {
        auto& context = at::globalContext();
        switch (flag) {
        case 0: context.setAllowTF32CuBLAS(value != 0); break;
        case 1: context.setAllowTF32CuDNN(value != 0); break;
#if TORCH_VERSION_MAJOR >= 2
        case 3: context.setSDPUseFlash(value != 0); break;
        case 4: context.setSDPUseMath(value != 0); break;
#endif
        default: TORCH_CHECK(false, "this libtorch has no switch ", flag);
        }
        return 0;
    });
}
