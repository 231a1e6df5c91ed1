namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState
{
#pragma warning disable CA1051, SA1401 // A field as in the package that this assembly stands in for.
    protected Parameter _parameter;
#pragma warning restore CA1051, SA1401

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Whether another state holds about the same numbers.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Sets the state to that before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    public virtual void to(torch.Device device)
    {
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor result, torch.Device device)
    {
        if (!reader.ReadBoolean())
        {
            result?.Dispose();
            result = null!;
            return;
        }

        Replace(ref result!, TensorExtensionMethods.Load(reader).to(device, disposeAfter: true));
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null)
            tensor.Save(writer);
    }

    /// <summary>Puts a tensor that no scope owns in place of another, which is disposed.</summary>
    internal static void Replace(ref torch.Tensor? target, torch.Tensor? value)
    {
        if (ReferenceEquals(target, value))
            return;
        target?.Dispose();
        target = value?.DetachFromDisposeScope();
    }

    internal static torch.Tensor? Copy(torch.Tensor? source, torch.Tensor like)
    {
        using var guard = torch.no_grad();
        return source?.to(source.dtype, like.device, copy: true);
    }
}
