using MessagePack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Serialization;

/// <summary>Adds MessagePack for types with [MessagePackObject].</summary>
public static class SerializationHostingExtensions
{
    /// <summary>Adds it with optional own rules for types and options for bytes.</summary>
    public static ISerializerBuilder AddMessagePackSerializer(
        this ISerializerBuilder serializerBuilder,
        Func<Type, bool>? isSerializable = null,
        Func<Type, bool>? isCopyable = null,
        MessagePackSerializerOptions? messagePackSerializerOptions = null) =>
        serializerBuilder.AddMessagePackSerializer(isSerializable!, isCopyable!, options =>
        {
            if (messagePackSerializerOptions is not null)
            {
                options.Configure(codec => codec.SerializerOptions = messagePackSerializerOptions);
            }
        });

    /// <summary>Adds it with rules for types and all options.</summary>
    public static ISerializerBuilder AddMessagePackSerializer(
        this ISerializerBuilder serializerBuilder,
        Func<Type, bool> isSerializable,
        Func<Type, bool> isCopyable,
        Action<OptionsBuilder<MessagePackCodecOptions>>? configureOptions = null)
    {
        var options = serializerBuilder.Services.AddOptions<MessagePackCodecOptions>();
        options.Configure(codec =>
        {
            if (isSerializable is not null)
            {
                codec.IsSerializableType = type => isSerializable(type) ? true : null;
            }

            if (isCopyable is not null)
            {
                codec.IsCopyableType = type => isCopyable(type) ? true : null;
            }
        });
        configureOptions?.Invoke(options);
        serializerBuilder.Services.AddSingleton<MessagePackSerializerAdded>();
        return serializerBuilder;
    }
}
