using PairUni.Modeling.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

/// <summary>Fills an <see cref="HpsModel"/> from a file; every tensor of either side must have its counterpart.</summary>
internal static class HpsWeights
{
    /// <exception cref="ModelFileException">A tensor is missing, extra, misshapen or of no floating type; nothing was copied then.</exception>
    public static void Load(HpsModel model, WeightFile file, string sizes)
    {
        (string Name, Parameter Parameter)[] wanted = [.. model.named_parameters()];
        string remedy = $"give weights that fit {sizes}, or the {HpsConfig.FileName} that belongs to them";
        string[] missing = [.. wanted.Select(item => item.Name).Except(file.Names)];
        if (missing.Length > 0)
            throw new ModelFileException($"{file.Path} lacks {missing.Length} of the model's tensors, \"{missing[0]}\" first; {remedy}.");
        string[] extra = [.. file.Names.Except(wanted.Select(item => item.Name))];
        if (extra.Length > 0)
            throw new ModelFileException($"{file.Path} has {extra.Length} tensors that the model does not have, \"{extra[0]}\" first; {remedy}.");
        foreach ((string name, Parameter parameter) in wanted)
            Check(file, name, parameter, remedy);
        using IDisposable guard = no_grad();
        foreach ((string name, Parameter parameter) in wanted)
        {
            using Tensor values = file.Read(name);
            parameter.copy_(values);
        }
    }

    private static void Check(WeightFile file, string name, Parameter parameter, string remedy)
    {
        if (!file[name].Shape.SequenceEqual(parameter.shape))
        {
            throw new ModelFileException($"{file.Path}: tensor \"{name}\" has shape {file[name].ShapeText} where "
                + $"[{string.Join(", ", parameter.shape)}] is expected; {remedy}.");
        }
        if (file[name].Dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64))
            throw new ModelFileException($"{file.Path}: tensor \"{name}\" is of type {file[name].Dtype}, not a floating type; give unquantised weights.");
    }
}
