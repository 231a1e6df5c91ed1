using System.CommandLine;
using System.Globalization;
using System.Net;
using PairUni.Cli.Cluster;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Commands;

/// <summary>pairuni silo: one process of a cluster.</summary>
internal static class SiloCommand
{
    private static readonly ClusterFlags Flags = new();
    private static readonly Option<string?> Roles = new("--roles") { Description = $"What it does: rollout, reward, learner or several with commas between; {ClusterVariables.Roles} without it." };
    private static readonly Option<string?> Name = new("--name") { Description = $"Its name in the cluster, which its workers bear; {ClusterVariables.SiloName}, else the machine's name and the process's number." };
    private static readonly Option<int> Devices = Number("--devices", "Rollout workers, each a device of its own.", 1, 1, 64);
    private static readonly Option<string?> Listen = new("--listen") { Description = $"Address to listen on and to be reached at; {ClusterVariables.PodIp}, else loopback.", HelpName = "address" };
    private static readonly Option<int> SiloPort = Number("--silo-port", Free("Port for other silos", ClusterPorts.Silo), 0, 0, 65535);
    private static readonly Option<int> SiloListenPort = Number("--silo-listen-port", "Port that it listens on for other silos, when they reach it at --silo-port through a proxy; 0: that one.", 0, 0, 65535);
    private static readonly Option<int> GatewayPort = Number("--gateway-port", Free("Port for clients", ClusterPorts.Gateway), 0, 0, 65535);
    private static readonly Option<int> HttpPort = Number("--http-port", Free("Port of probes, metrics and, without TLS, weights", ClusterPorts.Http), 0, 0, 65535);
    private static readonly Option<int> WeightsPort = Number("--weights-port", Free("Port of weights where the cluster uses TLS", ClusterPorts.Weights), 0, 0, 65535);
    private static readonly Option<bool> Tuned = new("--tuned") { Description = "Notice dead processes within about 3 s instead of 13, by more probes." };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder of the runs' folders, on a volume that all learner silos share, instead of the runs' own run.out.", HelpName = "folder" };
    private static readonly Option<int?> Grace = new("--grace") { Description = $"Seconds in which groups at hand are finished when it is told to leave; {ClusterVariables.GraceSeconds}, else 60.", HelpName = "seconds" };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("silo", "Take part in a cluster with one process.")
        {
            Examples =
            [
                "silo --roles rollout,reward,learner --redis 127.0.0.1:6379",
                "silo --roles rollout --devices 2 --redis 127.0.0.1:6379 --name gpu-7",
            ],
        };
        Flags.AddTo(command);
        foreach (var option in new Option[] { Roles, Name, Devices, Listen, SiloPort, SiloListenPort, GatewayPort, HttpPort, WeightsPort, Tuned, Out, Grace })
            command.Options.Add(option);
        command.SetAction(parsed => new SiloFlow(context, Settings(context, parsed)).Run());
        return command;
    }

    private static SiloSettings Settings(CliContext context, ParseResult parsed)
    {
        var environment = context.Environment;
        var name = parsed.GetValue(Name) ?? environment.GetValueOrDefault(ClusterVariables.SiloName) ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        if (name.Length is 0 or > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new UserErrorException($"--name {name}: a silo's name has up to 64 letters, digits, '-', '_' or '.'.");
        return new()
        {
            Cluster = Flags.Cluster(parsed),
            Redis = Flags.Redis(parsed, context),
            Token = ClusterFlags.Token(context),
            Tls = Flags.Tls(parsed, context),
            Name = name,
            Roles = SiloRoles.Parse(parsed.GetValue(Roles) ?? environment.GetValueOrDefault(ClusterVariables.Roles)
                ?? throw new UserErrorException("--roles is missing: give rollout, reward, learner or several of them with commas between.")),
            Devices = parsed.GetValue(Devices),
            Listen = Address(parsed.GetValue(Listen) ?? environment.GetValueOrDefault(ClusterVariables.PodIp)),
            SiloPort = Port(parsed, SiloPort, ClusterPorts.Silo, environment),
            SiloListenPort = parsed.GetValue(SiloListenPort),
            GatewayPort = Port(parsed, GatewayPort, ClusterPorts.Gateway, environment),
            HttpPort = Port(parsed, HttpPort, ClusterPorts.Http, environment),
            WeightsPort = Port(parsed, WeightsPort, ClusterPorts.Weights, environment),
            Tuned = parsed.GetValue(Tuned),
            Out = parsed.GetValue(Out),
            Log = context.Error,
            Grace = TimeSpan.FromSeconds(parsed.GetValue(Grace) ?? Seconds(environment.GetValueOrDefault(ClusterVariables.GraceSeconds))),
        };
    }

    private static IPAddress Address(string? text) => text is null ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UserErrorException($"--listen {text}: write an address of this machine, such as 10.0.0.7.");

    private static string Free(string port, int inPod) => $"{port}; 0 takes a free one, which is the default but for {inPod} where {ClusterVariables.PodIp} is set.";

    private static int Port(ParseResult parsed, Option<int> option, int inPod, IReadOnlyDictionary<string, string> environment) =>
        parsed.GetResult(option) is null or { Implicit: true } && environment.ContainsKey(ClusterVariables.PodIp) ? inPod : parsed.GetValue(option);

    private static int Seconds(string? text) => text is null ? 60
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw new UserErrorException($"{ClusterVariables.GraceSeconds}={text}: write whole seconds.");

    private static Option<int> Number(string name, string description, int usual, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Validators = { r => { if (r.GetValueOrDefault<int>() < least || r.GetValueOrDefault<int>() > most) r.AddError($"{name} must be {least} to {most}"); } },
    };
}
