using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>What the two ends of a connection say of themselves before anything else.</summary>
internal sealed record Introduction(string ClusterId, string ServiceId, SiloAddress Address, string Name)
{
    /// <summary>Changes when frames change their meaning.</summary>
    public const uint Version = 1;

    private const uint Magic = 0x49_4E_55_50; // "PUNI"

    public void Write(FrameBuffer buffer, FrameKind kind)
    {
        buffer.Begin(kind);
        buffer.WriteVar(Magic);
        buffer.WriteVar(Version);
        buffer.WriteString(ClusterId);
        buffer.WriteString(ServiceId);
        buffer.WriteString(Address.ToParsableString());
        buffer.WriteString(Name);
        buffer.BeginBody();
        buffer.End();
    }

    /// <summary>Reads what follows the kind.</summary>
    public static Introduction Read(ref HeaderReader header)
    {
        if (header.ReadVar() != Magic)
        {
            throw new ProtocolException("The other side does not speak this protocol.");
        }

        if (header.ReadVar() is var version && version != Version)
        {
            throw new ProtocolException(
                $"The other side speaks version {version} of the protocol and this one version {Version}; run the same release everywhere.");
        }

        var cluster = header.ReadString();
        var service = header.ReadString();
        var address = header.ReadString();
        try
        {
            return new Introduction(cluster, service, SiloAddress.FromParsableString(address), header.ReadString());
        }
        catch (FormatException exception)
        {
            throw new ProtocolException(exception.Message);
        }
    }
}
