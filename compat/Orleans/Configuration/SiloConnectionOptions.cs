using Microsoft.AspNetCore.Connections;

namespace Orleans.Configuration;

/// <summary>What runs around a silo's connections, before they carry anything: authentication, encryption.</summary>
public class SiloConnectionOptions : SiloConnectionOptions.ISiloConnectionBuilderOptions
{
    private Action<IConnectionBuilder> _outbound = static _ => { };
    private Action<IConnectionBuilder> _inbound = static _ => { };
    private Action<IConnectionBuilder> _gateway = static _ => { };

    /// <summary>How the middleware of each kind of connection is added.</summary>
    public interface ISiloConnectionBuilderOptions
    {
        /// <summary>Adds what was configured for connections to other silos.</summary>
        void ConfigureSiloOutboundBuilder(IConnectionBuilder builder);

        /// <summary>Adds what was configured for connections from other silos.</summary>
        void ConfigureSiloInboundBuilder(IConnectionBuilder builder);

        /// <summary>Adds what was configured for connections from clients.</summary>
        void ConfigureGatewayInboundBuilder(IConnectionBuilder builder);
    }

    /// <summary>Adds middleware to connections to other silos.</summary>
    public void ConfigureSiloOutboundConnection(Action<IConnectionBuilder> configure) => _outbound += configure;

    /// <summary>Adds middleware to connections from other silos.</summary>
    public void ConfigureSiloInboundConnection(Action<IConnectionBuilder> configure) => _inbound += configure;

    /// <summary>Adds middleware to connections from clients.</summary>
    public void ConfigureGatewayInboundConnection(Action<IConnectionBuilder> configure) => _gateway += configure;

    void ISiloConnectionBuilderOptions.ConfigureSiloOutboundBuilder(IConnectionBuilder builder) => _outbound(builder);

    void ISiloConnectionBuilderOptions.ConfigureSiloInboundBuilder(IConnectionBuilder builder) => _inbound(builder);

    void ISiloConnectionBuilderOptions.ConfigureGatewayInboundBuilder(IConnectionBuilder builder) => _gateway(builder);
}
