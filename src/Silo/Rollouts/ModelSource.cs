using PairUni.Contracts.Options;
using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Silo;

/// <summary>Loads the policy that the options name, each caller its own copy.</summary>
public static class ModelSource
{
    public static JanusPolicy Load(ModelOptions options) => JanusPolicy.Load(options.Path, Device(options), Dtype(options));

    /// <summary>The model as the workers have it.</summary>
    public static ModelOptions OfWorkers(RunOptions options) =>
        options.Rollout.Dtype.Length == 0 ? options.Model : options.Model with { Dtype = options.Rollout.Dtype };

    public static Device Device(ModelOptions options) => torch.device(options.Device);

    public static ScalarType Dtype(ModelOptions options) => options.Dtype switch
    {
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Dtype, "not a type of weights"),
    };
}
