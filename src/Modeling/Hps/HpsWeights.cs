using PairUni.Modeling.Files;
using PairUni.Modeling.Janus.Names;
using TorchSharp.Modules;

namespace PairUni.Modeling.Hps;

/// <summary>Fills an <see cref="HpsModel"/> from a file; every tensor of either side must have its counterpart.</summary>
public static class HpsWeights
{
    /// <summary>Holds a file against a model's sizes, without reading any data.</summary>
    /// <param name="file">The weights.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="sizes">Where the sizes come from, for the error.</param>
    /// <exception cref="ModelFileException">A tensor is missing, extra, misshapen or of no floating type.</exception>
    public static void Check(WeightFile file, HpsConfig config, string sizes)
    {
        TensorShape[] wanted = [.. HpsShapes.Of(config)];
        string remedy = $"give weights that fit {sizes}, or the {HpsConfig.FileName} that belongs to them";
        string[] missing = [.. wanted.Select(tensor => tensor.Name).Except(file.Names)];
        if (missing.Length > 0)
            throw new ModelFileException($"{file.Path} lacks {missing.Length} of the model's tensors, \"{missing[0]}\" first; {remedy}.");
        string[] extra = [.. file.Names.Except(wanted.Select(tensor => tensor.Name))];
        if (extra.Length > 0)
            throw new ModelFileException($"{file.Path} has {extra.Length} tensors that the model does not have, \"{extra[0]}\" first; {remedy}.");
        foreach (TensorShape tensor in wanted)
            Check(file, tensor, remedy);
    }

    /// <summary>Copies every tensor, converting its type.</summary>
    /// <param name="model">Whose parameters are filled.</param>
    /// <param name="file">The weights.</param>
    /// <param name="sizes">Where the model's sizes come from, for the error.</param>
    /// <exception cref="ModelFileException">A tensor is missing, extra, misshapen or of no floating type; nothing was copied then.</exception>
    public static void Load(HpsModel model, WeightFile file, string sizes)
    {
        Check(file, model.Config, sizes);
        foreach ((string name, Parameter parameter) in model.named_parameters())
            file.CopyTo(file[name], parameter);
    }

    private static void Check(WeightFile file, TensorShape tensor, string remedy)
    {
        StoredTensor stored = file[tensor.Name];
        if (!stored.Shape.SequenceEqual(tensor.Shape))
        {
            throw new ModelFileException($"{file.Path}: tensor \"{tensor.Name}\" has shape {stored.ShapeText} where "
                + $"{StoredTensor.Text(tensor.Shape)} is expected; {remedy}.");
        }
        if (!stored.IsFloating)
            throw new ModelFileException($"{file.Path}: tensor \"{tensor.Name}\" is of type {stored.Dtype}, not a floating type; give unquantised weights.");
    }
}
