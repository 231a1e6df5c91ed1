using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Silos;

/// <summary>Whether a process' runtime is a silo or a client.</summary>
internal sealed record RuntimeKind(bool IsClient)
{
    public MessagingOptions Messaging(IServiceProvider services) => IsClient
        ? services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value
        : services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
}
