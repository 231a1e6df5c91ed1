using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>
/// The names that a weights pickle may mention. They are looked up here and never imported; whatever is not listed is refused.
/// </summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public static readonly PickleGlobal OrderedDict = new("collections", "OrderedDict");
    public static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    public static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");
    public static readonly PickleGlobal Size = new("torch", "Size");

    private static readonly Dictionary<string, ScalarType> Storages = new()
    {
        ["FloatStorage"] = ScalarType.Float32,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["DoubleStorage"] = ScalarType.Float64,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    // Storages of types that no model here has: known, so that the sentence can speak of the type.
    private static readonly HashSet<string> OtherStorages =
        ["ComplexFloatStorage", "ComplexDoubleStorage", "QInt8Storage", "QUInt8Storage", "QInt32Storage", "QUInt4x2Storage", "QUInt2x4Storage"];

    // Element types that appear among extra entries, such as the type a model was trained in.
    private static readonly HashSet<string> ElementTypes =
        ["float32", "float16", "bfloat16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"];

    /// <summary>The element type of a storage class; null when this is none, or of a type that cannot be read.</summary>
    public ScalarType? StorageType => Module == "torch" && Storages.TryGetValue(Name, out ScalarType type) ? type : null;

    public override string ToString() => $"{Module}.{Name}";

    /// <exception cref="ModelFileException">The pickle asks for anything that is not on the list.</exception>
    public static PickleGlobal Find(string module, string name, string path)
    {
        var global = new PickleGlobal(module, name);
        bool known = global == OrderedDict || global == RebuildTensor || global == RebuildParameter || global == Size
            || global.StorageType is not null || (module == "torch" && ElementTypes.Contains(name));
        if (known)
            return global;
        if (module == "torch" && OtherStorages.Contains(name))
            throw new ModelFileException($"{path} holds tensors of type torch.{name}, which is not supported; save them as float32, float16 or bfloat16.");
        throw new ModelFileException($"{path} asks for {Printable(module)}.{Printable(name)} while it is unpickled, which no weights need and could run code; "
            + "get the weights from a source you trust, as safetensors.");
    }

    // A name comes from the file: it must not break the sentence apart.
    private static string Printable(string text) =>
        new([.. text.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
