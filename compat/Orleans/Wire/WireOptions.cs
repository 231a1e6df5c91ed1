using MessagePack;
using Orleans.Serialization;
using Orleans.Silos;

namespace Orleans.Wire;

/// <summary>How the values of calls become bytes between processes; carries the silo whose references are read.</summary>
internal sealed class WireOptions : MessagePackSerializerOptions
{
    public WireOptions(SiloRuntime silo, MessagePackTypes messagePack) : this(silo, new WireResolver(messagePack))
    {
    }

    private WireOptions(SiloRuntime silo, WireResolver resolver)
        : base(Standard.WithResolver(resolver).WithSecurity(MessagePackSecurity.UntrustedData)) => Silo = silo;

    /// <summary>Where references that are read will be used.</summary>
    public SiloRuntime Silo { get; }

    protected override MessagePackSerializerOptions Clone() => new WireOptions(Silo, (WireResolver)Resolver);
}
