using MessagePack;

namespace Orleans.Serialization;

/// <summary>How MessagePack is used for messages.</summary>
public class MessagePackCodecOptions
{
    /// <summary>Options of the serializer.</summary>
    public MessagePackSerializerOptions SerializerOptions { get; set; } = MessagePackSerializerOptions.Standard;

    /// <summary>Also take types with [DataContract].</summary>
    public bool AllowDataContractAttributes { get; set; }

    /// <summary>Decides which types are serialized; null from it: those with [MessagePackObject].</summary>
    public Func<Type, bool?>? IsSerializableType { get; set; }

    /// <summary>Decides which types are copied; null from it: those with [MessagePackObject].</summary>
    public Func<Type, bool?>? IsCopyableType { get; set; }
}
