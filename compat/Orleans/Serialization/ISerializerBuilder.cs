using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Serialization;

/// <summary>Configures what carries messages.</summary>
public interface ISerializerBuilder
{
    /// <summary>The services to add to.</summary>
    IServiceCollection Services { get; }
}
