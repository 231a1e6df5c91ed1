using System.CommandLine;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>--dtype with the type that a folder stores as the usual one.</summary>
internal static class StoredDtypeFlag
{
    private const string Stored = "stored";

    public static Option<string> Create() =>
        new Option<string>("--dtype") { Description = "Type to compute in: float32, bfloat16, float16, or stored, which is what config.json says.", DefaultValueFactory = _ => Stored }
            .OneOf(Stored, "float32", "bfloat16", "float16");

    public static torch.ScalarType Of(string value, string folder) => DtypeFlag.Parse(value == Stored ? JanusConfig.Load(folder).TorchDtype : value);
}
