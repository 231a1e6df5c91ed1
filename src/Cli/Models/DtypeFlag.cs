using System.CommandLine;
using PairUni.Contracts;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>Types of weights as options name them.</summary>
internal static class DtypeFlag
{
    public static Option<string> Of(string usual, string description) => new("--dtype")
    {
        Description = description,
        HelpName = "type",
        DefaultValueFactory = _ => usual,
    };

    /// <exception cref="UserErrorException">Not a type of weights.</exception>
    public static torch.ScalarType Parse(string name) => name switch
    {
        "float32" => torch.ScalarType.Float32,
        "bfloat16" => torch.ScalarType.BFloat16,
        "float16" => torch.ScalarType.Float16,
        _ => throw new UserErrorException($"--dtype is {name}; it must be float32, bfloat16 or float16"),
    };
}
