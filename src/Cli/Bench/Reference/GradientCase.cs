using PairUni.Contracts;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Gradients of the plain policy-gradient loss, -mean over samples of advantage times mean log-probability.</summary>
internal static class GradientCase
{
    private const string Prefix = "grad.";

    public static void Run(JanusPolicy policy, ReferenceCase reference)
    {
        using var recorded = enable_grad();
        var drawn = new ImageSequence(reference.Ints("prompt_ids"), reference.Rows("image_tokens"));
        var scored = TeacherForcing.ImageLogProbs(policy.Model, [drawn]);
        reference.Compare("logprob", scored.Logp_BT);
        var loss = (reference["advantages"] * scored.Logp_BT.mean([1])).mean().neg();
        reference.Compare("loss", loss.reshape(1));
        loss.backward();
        var parameters = policy.Model.named_parameters().ToDictionary(item => item.name, item => item.parameter);
        foreach (var name in reference.Tensors.Where(tensor => tensor.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var gradient = parameters.GetValueOrDefault(name[Prefix.Length..])?.grad
                ?? throw new UserErrorException($"{reference.Name} asks for {name}, but the model has no gradient of that name");
            reference.Compare(name, gradient);
        }

        foreach (var parameter in parameters.Values)
            parameter.grad = null;
    }
}
