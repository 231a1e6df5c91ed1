using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>A silo of this process alone, with everything that the grains need.</summary>
public static class LocalSilo
{
    /// <summary>Builds the host; it is not started.</summary>
    /// <param name="run">Name of the run; also the cluster's, so that two runs on a machine never meet.</param>
    /// <param name="grainState">Folder of the grains' state.</param>
    /// <param name="logFile">Where warnings go.</param>
    /// <param name="ports">What the grains work with.</param>
    /// <param name="observer">Who is told of steps and the end.</param>
    /// <param name="time">The clock.</param>
    public static IHost Build(string run, string grainState, string logFile, RunPorts ports, IRunObserver observer, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        builder.Logging.AddProvider(LineLog.Of(logFile, time));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(ports.Services(observer));
        builder.Services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "pairuni", clusterId: run);
            silo.Services.AddGrainStorage(GrainStorage.Name, (_, _) => new FileGrainStorage(grainState));
        });
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
