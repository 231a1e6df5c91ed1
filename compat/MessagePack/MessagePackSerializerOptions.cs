using MessagePack.Resolvers;

namespace MessagePack;

/// <summary>Immutable options of the serializer: where formatters come from and how far bytes are trusted.</summary>
public class MessagePackSerializerOptions
{
    /// <summary>Options with <paramref name="resolver"/> and trusted data.</summary>
    public MessagePackSerializerOptions(IFormatterResolver resolver) =>
        Resolver = resolver ?? throw new ArgumentNullException(nameof(resolver));

    /// <summary>A copy.</summary>
    protected MessagePackSerializerOptions(MessagePackSerializerOptions copyFrom)
    {
        ArgumentNullException.ThrowIfNull(copyFrom);
        Resolver = copyFrom.Resolver;
        Security = copyFrom.Security;
    }

    /// <summary>The standard resolver, trusted data.</summary>
    public static MessagePackSerializerOptions Standard { get; } = new(StandardResolver.Instance);

    /// <summary>Finds formatters.</summary>
    public IFormatterResolver Resolver { get; private set; }

    /// <summary>Limits while reading.</summary>
    public MessagePackSecurity Security { get; private set; } = MessagePackSecurity.TrustedData;

    /// <summary>The same with another resolver.</summary>
    public MessagePackSerializerOptions WithResolver(IFormatterResolver resolver)
    {
        var copy = Clone();
        copy.Resolver = resolver ?? throw new ArgumentNullException(nameof(resolver));
        return copy;
    }

    /// <summary>The same with other limits.</summary>
    public MessagePackSerializerOptions WithSecurity(MessagePackSecurity security)
    {
        var copy = Clone();
        copy.Security = security ?? throw new ArgumentNullException(nameof(security));
        return copy;
    }

    /// <summary>A copy to change.</summary>
    protected virtual MessagePackSerializerOptions Clone() => new(this);
}
