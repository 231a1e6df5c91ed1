// Gradients, grad modes and graph nodes that call back into the caller.
#include "torch_support.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

using namespace pairuni;

int pt_requires_grad(pt_tensor t)
{
    return Borrowed(t)->requires_grad();
}

int pt_set_requires_grad(pt_tensor t, int32_t value)
{
    return guarded(1, [&] { return Borrowed(t)->set_requires_grad(value != 0), 0; });
}

int pt_is_leaf(pt_tensor t)
{
    return Borrowed(t)->is_leaf();
}

int pt_retain_grad(pt_tensor t)
{
    return guarded(1, [&] { return Borrowed(t)->retain_grad(), 0; });
}

int pt_grad(pt_tensor t, pt_tensor* out)
{
    return guarded(1, [&] { return *out = give(at::Tensor(Borrowed(t)->grad())), 0; });
}

int pt_set_grad(pt_tensor t, pt_tensor grad)
{
    return guarded(1, [&] { return Borrowed(t)->mutable_grad() = keep(grad), 0; });
}

namespace {
Maybe<bool> retain(int32_t value)
{
    return value < 0 ? Maybe<bool>() : Maybe<bool>(value != 0);
}
} // namespace

int pt_backward(const pt_tensor* tensors, int32_t count, const pt_tensor* grads, int32_t grad_count,
    int32_t retain_graph, int32_t create_graph, const pt_tensor* inputs, int32_t input_count)
{
    return guarded(1, [&] {
        torch::autograd::backward(keep_all(tensors, count), keep_all(grads, grad_count), retain(retain_graph), create_graph != 0, keep_all(inputs, input_count));
        return 0;
    });
}

int pt_autograd_grad(const pt_tensor* outputs, int32_t count, const pt_tensor* inputs, int32_t input_count,
    const pt_tensor* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, pt_tensor* out)
{
    return guarded(1, [&] {
        auto found = torch::autograd::grad(keep_all(outputs, count), keep_all(inputs, input_count), keep_all(grads, grad_count),
            retain(retain_graph), create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++)
            out[i] = give(std::move(found[i]));
        return 0;
    });
}

int pt_grad_enabled()
{
    return at::GradMode::is_enabled();
}

void pt_set_grad_enabled(int32_t value)
{
    at::GradMode::set_enabled(value != 0);
}

int pt_inference_mode_enabled()
{
    return c10::InferenceMode::is_enabled();
}

void* pt_inference_mode_enter(int32_t value)
{
    return new c10::InferenceMode(value != 0);
}

void pt_inference_mode_leave(void* guard)
{
    delete static_cast<c10::InferenceMode*>(guard);
}

namespace {

class CallbackNode final : public torch::autograd::Node {
public:
    CallbackNode(torch::autograd::edge_list&& edges, pt_backward_callback callback, void (*release)(void*), void* state)
        : Node(std::move(edges))
        , callback_(callback)
        , release_(release)
        , state_(state)
    {
    }

    ~CallbackNode() override { release_(state_); }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& grads) override
    {
        std::vector<pt_tensor> handles;
        for (auto& grad : grads)
            handles.push_back(give(std::move(grad)));
        std::vector<pt_tensor> found(num_outputs(), nullptr);
        // The callback owns the gradients that it is given.
        if (callback_(state_, handles.data(), (int32_t)handles.size(), found.data()) != 0)
            throw std::runtime_error(pt_last_error());
        torch::autograd::variable_list results;
        for (auto handle : found)
            results.push_back(handle == nullptr
                    ? at::Tensor()
                    : at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle))));
        return results;
    }

private:
    pt_backward_callback callback_;
    void (*release_)(void*);
    void* state_;
};

} // namespace

int pt_attach_node(const pt_tensor* inputs, int32_t input_count, const pt_tensor* outputs, int32_t output_count,
    pt_tensor* attached, pt_backward_callback callback, void (*release)(void*), void* state)
{
    return guarded(1, [&] {
        auto sources = keep_all(inputs, input_count);
        std::shared_ptr<CallbackNode> node(
            new CallbackNode(torch::autograd::collect_next_edges(sources), callback, release, state), torch::autograd::deleteNode);
        for (int32_t i = 0; i < output_count; i++) {
            auto output = keep(outputs[i]).detach();
            if (at::isFloatingType(output.scalar_type()) || at::isComplexType(output.scalar_type()))
                torch::autograd::set_history(output, node);
            attached[i] = give(std::move(output));
        }
        return 0;
    });
}
