using System.CommandLine;
using PairUni.Contracts;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>The flags of every command that uses a model: which one, and on what.</summary>
internal sealed class ModelFlags
{
    public Option<string> Model { get; } = new("--model")
    {
        Description = "Model folder in the layout of a Janus checkpoint.",
        HelpName = "folder",
        DefaultValueFactory = _ => BuiltInFiles.Model,
    };

    public Option<string> Device { get; } = new("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };

    public void AddTo(Command command)
    {
        command.Options.Add(Model);
        command.Options.Add(Device);
    }

    public JanusPolicy Load(ParseResult parsed) => JanusPolicy.Load(Path(parsed), DeviceOf(parsed));

    public string Path(ParseResult parsed) => BuiltInFiles.Find(parsed.GetRequiredValue(Model));

    public torch.Device DeviceOf(ParseResult parsed) => ParseDevice(parsed.GetRequiredValue(Device), "--device");

    /// <summary>One loop a core on the CPU, one in all on a GPU.</summary>
    public IReadOnlyList<DeviceLoop> Loops(ParseResult parsed) =>
        Loops(DeviceOf(parsed), parsed.GetRequiredValue(Device) == "cpu" ? Environment.ProcessorCount : 1, 1);

    public static IReadOnlyList<DeviceLoop> Loops(torch.Device device, int count, int threads) =>
        [.. Enumerable.Range(0, count).Select(i => new DeviceLoop($"device {i}", device, threads))];

    /// <exception cref="UserErrorException">There is no such device here.</exception>
    public static torch.Device ParseDevice(string name, string origin)
    {
        if (name != "cpu" && !(name == "cuda" || name.StartsWith("cuda:", StringComparison.Ordinal)))
            throw new UserErrorException($"{origin} is {name}; it must be cpu, cuda or cuda:N");
        if (name != "cpu" && !torch.cuda.is_available())
            throw new UserErrorException($"{origin} is {name}, but there is no CUDA device here; use cpu");
        return torch.device(name);
    }
}
