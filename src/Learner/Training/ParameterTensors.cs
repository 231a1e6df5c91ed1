using PairUni.Modeling;
using PairUni.Modeling.Files;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

/// <summary>Copies a named tensor of a safetensors file into one that exists, checking name and shape.</summary>
internal static class ParameterTensors
{
    /// <exception cref="ModelFileException">The file has no such tensor, or one of another shape.</exception>
    public static void Copy(SafetensorsFile file, string name, Tensor destination)
    {
        var entry = file[name];
        if (!entry.Shape.AsSpan().SequenceEqual(destination.shape))
        {
            throw new ModelFileException(
                $"{file.Path}: tensor \"{name}\" has shape {entry.ShapeText}, the model needs [{string.Join(", ", destination.shape)}].");
        }

        using var untracked = no_grad();
        using var loaded = file.Read(name, destination.dtype, destination.device);
        destination.copy_(loaded);
    }
}
