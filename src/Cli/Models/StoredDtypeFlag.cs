using System.CommandLine;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>--dtype with the type that a folder stores as the usual one.</summary>
internal static class StoredDtypeFlag
{
    private const string Stored = "stored";

    public static Option<string> Create() =>
        new Option<string>("--dtype") { Description = "Type to compute in: float32, bfloat16, float16, or stored, which is what config.json or the weights say.", DefaultValueFactory = _ => Stored }
            .OneOf(Stored, "float32", "bfloat16", "float16");

    /// <summary>For a folder in the layout of a Janus checkpoint.</summary>
    public static torch.ScalarType Of(string value, string folder) => Of(value, () => DtypeFlag.Parse(JanusConfig.Load(folder).TorchDtype));

    public static torch.ScalarType Of(string value, Func<torch.ScalarType> stored) => value == Stored ? stored() : DtypeFlag.Parse(value);
}
