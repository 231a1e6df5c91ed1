// AdamW with PyTorch's arithmetic: one pass over memory for contiguous float32 on the CPU, else a few
// multi-tensor operators per group. Formula: Kingma and Ba 2015, with the decoupled decay of Loshchilov and Hutter 2019.
#include "torch_support.h"

#include <ATen/Parallel.h>
#include <cmath>

using namespace pairuni;

namespace {

struct Hyper {
    double lr, beta1, beta2, eps, weight_decay;
    bool maximize;
};

struct Lists {
    std::vector<at::Tensor> params, grads, exp_avg, exp_avg_sq, max_sq;
};

#if defined(__x86_64__)
__attribute__((target_clones("arch=haswell", "default")))
#endif
void step_range(float* p, const float* g, float* m, float* v, float* top, int64_t begin, int64_t end, const Hyper& h, int64_t step)
{
    const double correction1 = 1 - std::pow(h.beta1, (double)step);
    const float root_correction2 = (float)std::sqrt(1 - std::pow(h.beta2, (double)step));
    const float step_size = (float)(-h.lr / correction1), eps = (float)h.eps;
    const float beta1 = (float)h.beta1, rest1 = (float)(1 - h.beta1), beta2 = (float)h.beta2, rest2 = (float)(1 - h.beta2);
    const float shrink = (float)(1 - h.lr * h.weight_decay), sign = h.maximize ? -1.0f : 1.0f;
    for (int64_t i = begin; i < end; i++) {
        const float grad = sign * g[i];
        const float mean = m[i] * beta1 + rest1 * grad;
        const float square = v[i] * beta2 + rest2 * grad * grad;
        m[i] = mean;
        v[i] = square;
        float used = square;
        if (top != nullptr)
            used = top[i] = top[i] > square ? top[i] : square;
        p[i] = p[i] * shrink + step_size * mean / (std::sqrt(used) / root_correction2 + eps);
    }
}

bool plain(const at::Tensor& t, int64_t numel)
{
    return t.is_cpu() && t.scalar_type() == at::kFloat && t.is_contiguous() && t.layout() == at::kStrided && t.numel() == numel;
}

bool step_cpu(Lists& lists, size_t i, const Hyper& h, int64_t step)
{
    auto& param = lists.params[i];
    const bool amsgrad = !lists.max_sq.empty();
    const auto numel = param.numel();
    if (!plain(param, numel) || !plain(lists.grads[i], numel) || !plain(lists.exp_avg[i], numel) || !plain(lists.exp_avg_sq[i], numel)
        || (amsgrad && !plain(lists.max_sq[i], numel)))
        return false;
    auto p = static_cast<float*>(param.data_ptr()), m = static_cast<float*>(lists.exp_avg[i].data_ptr()), v = static_cast<float*>(lists.exp_avg_sq[i].data_ptr());
    auto g = static_cast<const float*>(lists.grads[i].data_ptr());
    auto top = amsgrad ? static_cast<float*>(lists.max_sq[i].data_ptr()) : nullptr;
    at::parallel_for(0, numel, 16384, [&](int64_t begin, int64_t end) { step_range(p, g, m, v, top, begin, end, h, step); });
    if (!param.is_inference())
        param.unsafeGetTensorImpl()->bump_version();
    return true;
}

void step_many(Lists& lists, const Hyper& h, int64_t step)
{
    const double correction1 = 1 - std::pow(h.beta1, (double)step), correction2 = 1 - std::pow(h.beta2, (double)step);
    const std::vector<at::Tensor> grads = h.maximize ? at::_foreach_neg(lists.grads) : lists.grads;
    if (h.weight_decay != 0)
        at::_foreach_mul_(lists.params, at::Scalar(1 - h.lr * h.weight_decay));
    at::_foreach_mul_(lists.exp_avg, at::Scalar(h.beta1));
    at::_foreach_add_(lists.exp_avg, grads, at::Scalar(1 - h.beta1));
    at::_foreach_mul_(lists.exp_avg_sq, at::Scalar(h.beta2));
    at::_foreach_addcmul_(lists.exp_avg_sq, grads, grads, at::Scalar(1 - h.beta2));
    for (size_t i = 0; i < lists.max_sq.size(); i++)
        lists.max_sq[i].copy_(at::maximum(lists.max_sq[i], lists.exp_avg_sq[i]));
    auto denominators = at::_foreach_sqrt(lists.max_sq.empty() ? lists.exp_avg_sq : lists.max_sq);
    at::_foreach_div_(denominators, at::Scalar(std::sqrt(correction2)));
    at::_foreach_add_(denominators, at::Scalar(h.eps));
    at::_foreach_addcdiv_(lists.params, lists.exp_avg, denominators, at::Scalar(-h.lr / correction1));
}

} // namespace

int pt_adamw(const pt_tensor* params, const pt_tensor* grads, const pt_tensor* exp_avg, const pt_tensor* exp_avg_sq,
    const pt_tensor* max_sq, const int64_t* steps, int32_t count, double lr, double beta1, double beta2, double eps,
    double weight_decay, int32_t maximize)
{
    return guarded(1, [&] {
        at::NoGradGuard no_grad;
        const Hyper hyper { lr, beta1, beta2, eps, weight_decay, maximize != 0 };
        Lists all { keep_all(params, count), keep_all(grads, count), keep_all(exp_avg, count), keep_all(exp_avg_sq, count),
            max_sq == nullptr ? std::vector<at::Tensor>() : keep_all(max_sq, count) };
        // What the single pass cannot take is gathered by step, dtype and device: one multi-tensor call each.
        std::vector<bool> done(count);
        for (int32_t i = 0; i < count; i++)
            done[i] = step_cpu(all, i, hyper, steps[i]);
        for (int32_t first = 0; first < count; first++) {
            if (done[first])
                continue;
            Lists group;
            for (int32_t i = first; i < count; i++) {
                if (done[i] || steps[i] != steps[first] || all.params[i].scalar_type() != all.params[first].scalar_type()
                    || all.params[i].device() != all.params[first].device())
                    continue;
                group.params.push_back(all.params[i]);
                group.grads.push_back(all.grads[i]);
                group.exp_avg.push_back(all.exp_avg[i]);
                group.exp_avg_sq.push_back(all.exp_avg_sq[i]);
                if (max_sq != nullptr)
                    group.max_sq.push_back(all.max_sq[i]);
                done[i] = true;
            }
            step_many(group, hyper, steps[first]);
        }
        return 0;
    });
}
