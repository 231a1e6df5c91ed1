using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>The type names of the safetensors format and their widths in bytes.</summary>
internal static class SafetensorsDtype
{
    public static bool TryParse(string text, out ScalarType dtype)
    {
        (bool known, dtype) = text switch
        {
            "BOOL" => (true, ScalarType.Bool),
            "U8" => (true, ScalarType.Byte),
            "I8" => (true, ScalarType.Int8),
            "I16" => (true, ScalarType.Int16),
            "I32" => (true, ScalarType.Int32),
            "I64" => (true, ScalarType.Int64),
            "F16" => (true, ScalarType.Float16),
            "BF16" => (true, ScalarType.BFloat16),
            "F32" => (true, ScalarType.Float32),
            "F64" => (true, ScalarType.Float64),
            _ => (false, default),
        };
        return known;
    }

    public static string Name(ScalarType dtype) => dtype switch
    {
        ScalarType.Bool => "BOOL",
        ScalarType.Byte => "U8",
        ScalarType.Int8 => "I8",
        ScalarType.Int16 => "I16",
        ScalarType.Int32 => "I32",
        ScalarType.Int64 => "I64",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Float32 => "F32",
        ScalarType.Float64 => "F64",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "safetensors has no such type"),
    };

    public static int Width(ScalarType dtype) => dtype switch
    {
        ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        _ => 8,
    };
}
