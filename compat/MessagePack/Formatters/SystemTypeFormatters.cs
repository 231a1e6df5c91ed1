using System.Globalization;

namespace MessagePack.Formatters;

// Types of System that the specification has no format for, in the form that MessagePack-CSharp gave them.
internal sealed class HalfFormatter : IMessagePackFormatter<Half>
{
    public void Serialize(ref MessagePackWriter writer, Half value, MessagePackSerializerOptions options) => writer.Write((float)value);

    public Half Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => (Half)reader.ReadSingle();
}

/// <summary>A string of the number in the invariant culture.</summary>
internal sealed class DecimalFormatter : IMessagePackFormatter<decimal>
{
    public void Serialize(ref MessagePackWriter writer, decimal value, MessagePackSerializerOptions options) =>
        writer.Write(value.ToString(CultureInfo.InvariantCulture));

    public decimal Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        decimal.TryParse(reader.ReadString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MessagePackSerializationException("Can't parse to decimal, input string was not in a correct format.");
}

/// <summary>A string of 36 characters, 8-4-4-4-12 hex digits.</summary>
internal sealed class GuidFormatter : IMessagePackFormatter<Guid>
{
    public void Serialize(ref MessagePackWriter writer, Guid value, MessagePackSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _, "D");
        writer.WriteString(text);
    }

    public Guid Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (!reader.TryReadStringSpan(out var text))
        {
            throw new MessagePackSerializationException("Unexpected nil where a Guid was expected.");
        }

        Span<char> characters = stackalloc char[68];
        return text.Length <= 68 && Guid.TryParse(characters[..System.Text.Encoding.Latin1.GetChars(text, characters)], out var value)
            ? value
            : throw new MessagePackSerializationException($"Expected a string of a Guid but found {text.Length} bytes of something else.");
    }
}

internal sealed class UriFormatter : IMessagePackFormatter<Uri?>
{
    public void Serialize(ref MessagePackWriter writer, Uri? value, MessagePackSerializerOptions options) => writer.Write(value?.OriginalString);

    public Uri? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadString() is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;
}

internal sealed class VersionFormatter : IMessagePackFormatter<Version?>
{
    public void Serialize(ref MessagePackWriter writer, Version? value, MessagePackSerializerOptions options) => writer.Write(value?.ToString());

    public Version? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.ReadString() is { } text ? new Version(text) : null;
}

/// <summary>[local time as a timestamp, offset in minutes].</summary>
internal sealed class DateTimeOffsetFormatter : IMessagePackFormatter<DateTimeOffset>
{
    public void Serialize(ref MessagePackWriter writer, DateTimeOffset value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(2);
        writer.Write(new DateTime(value.Ticks, DateTimeKind.Utc));
        writer.Write((short)value.Offset.TotalMinutes);
    }

    public DateTimeOffset Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.ReadArrayHeader() != 2)
        {
            throw new MessagePackSerializationException("Invalid DateTimeOffset format.");
        }

        var local = reader.ReadDateTime();
        return new DateTimeOffset(local.Ticks, TimeSpan.FromMinutes(reader.ReadInt16()));
    }
}

/// <summary>Ticks of 100 ns.</summary>
internal sealed class TimeSpanFormatter : IMessagePackFormatter<TimeSpan>
{
    public void Serialize(ref MessagePackWriter writer, TimeSpan value, MessagePackSerializerOptions options) => writer.Write(value.Ticks);

    public TimeSpan Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(reader.ReadInt64());
}

/// <summary>Days since 1 January of year 1.</summary>
internal sealed class DateOnlyFormatter : IMessagePackFormatter<DateOnly>
{
    public void Serialize(ref MessagePackWriter writer, DateOnly value, MessagePackSerializerOptions options) => writer.Write(value.DayNumber);

    public DateOnly Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => DateOnly.FromDayNumber(reader.ReadInt32());
}

/// <summary>Ticks of 100 ns since midnight.</summary>
internal sealed class TimeOnlyFormatter : IMessagePackFormatter<TimeOnly>
{
    public void Serialize(ref MessagePackWriter writer, TimeOnly value, MessagePackSerializerOptions options) => writer.Write(value.Ticks);

    public TimeOnly Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(reader.ReadInt64());
}
