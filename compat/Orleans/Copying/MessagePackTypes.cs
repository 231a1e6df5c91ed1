using System.Reflection;
using System.Runtime.Serialization;
using MessagePack;
using Microsoft.Extensions.Options;

namespace Orleans.Serialization;

/// <summary>Which types go through MessagePack; none unless the silo added that serializer.</summary>
internal sealed class MessagePackTypes(IOptions<MessagePackCodecOptions> options, IEnumerable<MessagePackSerializerAdded> added)
{
    private readonly bool _added = added.Any();

    public MessagePackSerializerOptions Options => options.Value.SerializerOptions;

    public bool CanCopy(Type type) => _added && (options.Value.IsCopyableType?.Invoke(type) ?? IsContract(type));

    public bool CanSerialize(Type type) => _added && (options.Value.IsSerializableType?.Invoke(type) ?? IsContract(type));

    private bool IsContract(Type type) =>
        type.GetCustomAttribute<MessagePackObjectAttribute>() is not null
        || (options.Value.AllowDataContractAttributes && type.GetCustomAttribute<DataContractAttribute>() is not null);
}
