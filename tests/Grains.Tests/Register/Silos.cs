using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal static class Silos
{
    public static SiloEntry Of(string name, int process = 1, int port = 1) => new()
    {
        Name = name,
        Instance = $"{name}-{process}",
        Address = $"127.0.0.1:{port}",
        Roles = ["rollout"],
        Devices = 2,
        Engine = "e",
        Fingerprint = "f",
        Http = "",
        Joined = default,
        Troubles = [],
    };
}
