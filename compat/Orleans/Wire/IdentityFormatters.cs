using System.Buffers;
using System.Net;
using MessagePack;
using MessagePack.Formatters;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>Bytes, or nil for none.</summary>
internal sealed class IdSpanFormatter : IMessagePackFormatter<IdSpan>
{
    public static void Write(ref MessagePackWriter writer, IdSpan value)
    {
        if (value.IsDefault)
        {
            writer.WriteNil();
        }
        else
        {
            writer.Write(value.AsSpan());
        }
    }

    public static IdSpan Read(ref MessagePackReader reader) => reader.ReadBytes() is { } bytes ? new IdSpan(bytes.ToArray()) : default;

    public void Serialize(ref MessagePackWriter writer, IdSpan value, MessagePackSerializerOptions options) => Write(ref writer, value);

    public IdSpan Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => Read(ref reader);
}

internal sealed class GrainTypeFormatter : IMessagePackFormatter<GrainType>
{
    public void Serialize(ref MessagePackWriter writer, GrainType value, MessagePackSerializerOptions options) => IdSpanFormatter.Write(ref writer, value.Value);

    public GrainType Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(IdSpanFormatter.Read(ref reader));
}

internal sealed class GrainInterfaceTypeFormatter : IMessagePackFormatter<GrainInterfaceType>
{
    public void Serialize(ref MessagePackWriter writer, GrainInterfaceType value, MessagePackSerializerOptions options) =>
        IdSpanFormatter.Write(ref writer, value.Value);

    public GrainInterfaceType Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(IdSpanFormatter.Read(ref reader));
}

/// <summary>[type, key].</summary>
internal sealed class GrainIdFormatter : IMessagePackFormatter<GrainId>
{
    public static void Write(ref MessagePackWriter writer, GrainId value)
    {
        writer.WriteArrayHeader(2);
        IdSpanFormatter.Write(ref writer, value.Type.Value);
        IdSpanFormatter.Write(ref writer, value.Key);
    }

    public static GrainId Read(ref MessagePackReader reader)
    {
        Row.Read(ref reader, 2);
        var type = IdSpanFormatter.Read(ref reader);
        return new(new GrainType(type), IdSpanFormatter.Read(ref reader));
    }

    public void Serialize(ref MessagePackWriter writer, GrainId value, MessagePackSerializerOptions options) => Write(ref writer, value);

    public GrainId Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => Read(ref reader);
}

internal sealed class ActivationIdFormatter : IMessagePackFormatter<ActivationId>
{
    public void Serialize(ref MessagePackWriter writer, ActivationId value, MessagePackSerializerOptions options) => writer.Write(value.ToString());

    public ActivationId Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        ActivationId.FromString(reader.ReadString() ?? "");
}

/// <summary>As written by <see cref="SiloAddress.ToParsableString"/>, or nil.</summary>
internal sealed class SiloAddressFormatter : IMessagePackFormatter<SiloAddress?>
{
    public void Serialize(ref MessagePackWriter writer, SiloAddress? value, MessagePackSerializerOptions options) => writer.Write(value?.ToParsableString());

    public SiloAddress? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadString() is { } text ? SiloAddress.FromParsableString(text) : null;
}

/// <summary>[grain, activation, silo], or nil.</summary>
internal sealed class GrainAddressFormatter : IMessagePackFormatter<GrainAddress?>
{
    public void Serialize(ref MessagePackWriter writer, GrainAddress? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        GrainIdFormatter.Write(ref writer, value.GrainId);
        writer.Write(value.ActivationId.ToString());
        writer.Write(value.SiloAddress?.ToParsableString());
    }

    public GrainAddress? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Row.Read(ref reader, 3);
        return new GrainAddress
        {
            GrainId = GrainIdFormatter.Read(ref reader),
            ActivationId = ActivationId.FromString(reader.ReadString() ?? ""),
            SiloAddress = reader.ReadString() is { } silo ? SiloAddress.FromParsableString(silo) : null,
        };
    }
}

internal sealed class IPAddressFormatter : IMessagePackFormatter<IPAddress?>
{
    public void Serialize(ref MessagePackWriter writer, IPAddress? value, MessagePackSerializerOptions options) => writer.Write(value?.ToString());

    public IPAddress? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadString() is { } text ? IPAddress.Parse(text) : null;
}

internal sealed class IPEndPointFormatter : IMessagePackFormatter<IPEndPoint?>
{
    public void Serialize(ref MessagePackWriter writer, IPEndPoint? value, MessagePackSerializerOptions options) => writer.Write(value?.ToString());

    public IPEndPoint? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadString() is { } text ? IPEndPoint.Parse(text) : null;
}
