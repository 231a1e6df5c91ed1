using System.Buffers;
using System.Collections.Concurrent;
using MessagePack.Internal;

namespace MessagePack;

/// <summary>Turns values into MessagePack bytes and back. Every failure is a <see cref="MessagePackSerializationException"/>.</summary>
public static class MessagePackSerializer
{
    private static readonly ConcurrentDictionary<Type, TypedCalls> ByType = new();

    /// <summary>Used where no options are given.</summary>
    public static MessagePackSerializerOptions DefaultOptions { get; set; } = MessagePackSerializerOptions.Standard;

    /// <summary>Writes <paramref name="value"/> to <paramref name="writer"/>.</summary>
    public static void Serialize<T>(IBufferWriter<byte> writer, T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var messagePack = new MessagePackWriter(writer) { CancellationToken = cancellationToken };
        Serialize(ref messagePack, value, options);
        messagePack.Flush();
    }

    /// <summary>Writes <paramref name="value"/>; the caller flushes.</summary>
    public static void Serialize<T>(ref MessagePackWriter writer, T value, MessagePackSerializerOptions? options = null)
    {
        options ??= DefaultOptions;
        try
        {
            writer.CancellationToken.ThrowIfCancellationRequested();
            MemberValue.Formatter<T>(options).Serialize(ref writer, value, options);
        }
        catch (Exception exception)
        {
            throw new MessagePackSerializationException($"Failed to serialize {typeof(T).FullName} value.", exception);
        }
    }

    /// <summary>The bytes of <paramref name="value"/>.</summary>
    public static byte[] Serialize<T>(T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var buffer = ByteBuffer.Rent();
        try
        {
            Serialize(buffer, value, options, cancellationToken);
            return buffer.Written.ToArray();
        }
        finally
        {
            buffer.Return();
        }
    }

    /// <summary>Writes <paramref name="value"/> to <paramref name="stream"/>.</summary>
    public static void Serialize<T>(Stream stream, T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var buffer = ByteBuffer.Rent();
        try
        {
            Serialize(buffer, value, options, cancellationToken);
            stream.Write(buffer.Written);
        }
        finally
        {
            buffer.Return();
        }
    }

    /// <summary>Writes <paramref name="value"/> to <paramref name="stream"/>.</summary>
    public static async Task SerializeAsync<T>(Stream stream, T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default) =>
        await stream.WriteAsync(Serialize(value, options, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the first value of <paramref name="byteSequence"/>.</summary>
    public static T Deserialize<T>(in ReadOnlySequence<byte> byteSequence, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reader = new MessagePackReader(byteSequence) { CancellationToken = cancellationToken };
        return Deserialize<T>(ref reader, options);
    }

    /// <summary>Reads the next value.</summary>
    public static T Deserialize<T>(ref MessagePackReader reader, MessagePackSerializerOptions? options = null)
    {
        options ??= DefaultOptions;
        try
        {
            reader.CancellationToken.ThrowIfCancellationRequested();
            return MemberValue.Formatter<T>(options).Deserialize(ref reader, options);
        }
        catch (Exception exception)
        {
            throw new MessagePackSerializationException($"Failed to deserialize {typeof(T).FullName} value.", exception);
        }
    }

    /// <summary>Reads the first value of <paramref name="buffer"/>; what follows is ignored.</summary>
    public static T Deserialize<T>(ReadOnlyMemory<byte> buffer, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reader = new MessagePackReader(buffer) { CancellationToken = cancellationToken };
        return Deserialize<T>(ref reader, options);
    }

    /// <summary>Reads the first value of <paramref name="buffer"/> and says how many bytes it took.</summary>
    public static T Deserialize<T>(ReadOnlyMemory<byte> buffer, out int bytesRead, CancellationToken cancellationToken = default) =>
        Deserialize<T>(buffer, null, out bytesRead, cancellationToken);

    /// <summary>Reads the first value of <paramref name="buffer"/> and says how many bytes it took.</summary>
    public static T Deserialize<T>(ReadOnlyMemory<byte> buffer, MessagePackSerializerOptions? options, out int bytesRead, CancellationToken cancellationToken = default)
    {
        var reader = new MessagePackReader(buffer) { CancellationToken = cancellationToken };
        var value = Deserialize<T>(ref reader, options);
        bytesRead = (int)reader.Consumed;
        return value;
    }

    /// <summary>Reads <paramref name="stream"/> to its end and then its first value; a stream that can seek is left behind that value.</summary>
    public static T Deserialize<T>(Stream stream, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var value = Deserialize<T>(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), options, out var read, cancellationToken);
        Rewind(stream, start + read);
        return value;
    }

    /// <summary>Reads <paramref name="stream"/> to its end and then its first value; a stream that can seek is left behind that value.</summary>
    public static async ValueTask<T> DeserializeAsync<T>(Stream stream, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        var value = Deserialize<T>(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), options, out var read, cancellationToken);
        Rewind(stream, start + read);
        return value;
    }

    /// <summary>Writes <paramref name="obj"/> as a value of <paramref name="type"/>; the caller flushes.</summary>
    public static void Serialize(Type type, ref MessagePackWriter writer, object? obj, MessagePackSerializerOptions? options = null) =>
        TypedCalls.Of(ByType, type).Serialize(ref writer, obj, options);

    /// <summary>Writes <paramref name="obj"/> as a value of <paramref name="type"/>.</summary>
    public static void Serialize(Type type, IBufferWriter<byte> writer, object? obj, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var messagePack = new MessagePackWriter(writer) { CancellationToken = cancellationToken };
        Serialize(type, ref messagePack, obj, options);
        messagePack.Flush();
    }

    /// <summary>The bytes of <paramref name="obj"/> as a value of <paramref name="type"/>.</summary>
    public static byte[] Serialize(Type type, object? obj, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var buffer = ByteBuffer.Rent();
        try
        {
            Serialize(type, buffer, obj, options, cancellationToken);
            return buffer.Written.ToArray();
        }
        finally
        {
            buffer.Return();
        }
    }

    /// <summary>Reads the next value as <paramref name="type"/>.</summary>
    public static object? Deserialize(Type type, ref MessagePackReader reader, MessagePackSerializerOptions? options = null) =>
        TypedCalls.Of(ByType, type).Deserialize(ref reader, options);

    /// <summary>Reads the first value of <paramref name="bytes"/> as <paramref name="type"/>.</summary>
    public static object? Deserialize(Type type, ReadOnlyMemory<byte> bytes, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reader = new MessagePackReader(bytes) { CancellationToken = cancellationToken };
        return Deserialize(type, ref reader, options);
    }

    private static void Rewind(Stream stream, long position)
    {
        if (stream.CanSeek)
        {
            stream.Position = position;
        }
    }
}
