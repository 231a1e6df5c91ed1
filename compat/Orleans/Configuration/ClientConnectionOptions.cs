using Microsoft.AspNetCore.Connections;

namespace Orleans.Configuration;

/// <summary>What runs around a client's connections, before they carry anything.</summary>
public class ClientConnectionOptions
{
    private Action<IConnectionBuilder> _configure = static _ => { };

    /// <summary>Adds middleware.</summary>
    public void ConfigureConnection(Action<IConnectionBuilder> configure) => _configure += configure;

    internal void Build(IConnectionBuilder builder) => _configure(builder);
}
