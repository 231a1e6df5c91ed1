using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using MessagePack;
using MessagePack.Formatters;
using Orleans.Storage;

namespace Orleans.Wire;

/// <summary>
/// An exception as [type, message, stack, inner, more]. A type that this process has and that a message can make comes
/// back as itself; any other as a plain exception that names it.
/// </summary>
internal sealed class ExceptionFormatter<T> : IMessagePackFormatter<T?>
    where T : Exception
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options) => ExceptionFormatter.Write(ref writer, value, 0);

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        ExceptionFormatter.Read(ref reader, 0) is { } read
            ? read as T ?? throw new MessagePackSerializationException($"{read.GetType().FullName} came where {typeof(T).FullName} was expected.")
            : null;
}

/// <summary>The same for any exception.</summary>
internal static class ExceptionFormatter
{
    private const int MaxDepth = 8;

    public static void Write(ref MessagePackWriter writer, Exception? value, int depth)
    {
        if (value is null || depth == MaxDepth)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        writer.Write(TypeNames.Of(value.GetType()));
        writer.Write(value.Message);
        writer.Write(value.StackTrace);
        Write(ref writer, value.InnerException, depth + 1);
        if (value is InconsistentStateException state)
        {
            writer.WriteArrayHeader(2);
            writer.Write(state.StoredEtag);
            writer.Write(state.CurrentEtag);
        }
        else
        {
            writer.WriteNil();
        }
    }

    public static Exception? Read(ref MessagePackReader reader, int depth)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        if (depth == MaxDepth)
        {
            throw new MessagePackSerializationException($"An exception has more than {MaxDepth} inner ones.");
        }

        Row.Read(ref reader, 5);
        var name = reader.ReadString() ?? "";
        var message = reader.ReadString() ?? "";
        var stack = reader.ReadString();
        var inner = Read(ref reader, depth + 1);
        (string Stored, string Current)? etags = null;
        if (!reader.TryReadNil())
        {
            Row.Read(ref reader, 2);
            etags = (reader.ReadString() ?? "", reader.ReadString() ?? "");
        }

        var exception = etags is { } tags
            ? new InconsistentStateException(message, tags.Stored, tags.Current, inner!)
            : Make(name, message, inner);
        return string.IsNullOrEmpty(stack) ? exception : ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack);
    }

    private static Exception Make(string name, string message, Exception? inner)
    {
        var type = TypeNames.Find(name);
        if (type is not null && typeof(Exception).IsAssignableFrom(type) && !type.IsAbstract && !type.ContainsGenericParameters
            && (Construct(type, [typeof(string), typeof(Exception)], [message, inner]) ?? Construct(type, [typeof(string)], [message])) is { } made)
        {
            if (made.Message != message)
            {
                // Some put words of their own around what they are given.
                MessageOf(made) = message;
            }

            if (made.InnerException is null && inner is not null)
            {
                InnerOf(made) = inner;
            }

            return made;
        }

        return new Exception($"{name.Split(',')[0]}: {message}", inner);
    }

    private static Exception? Construct(Type type, Type[] parameters, object?[] arguments)
    {
        try
        {
            return (Exception?)type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, parameters)?.Invoke(arguments);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);
}
