using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Streams;

namespace Orleans.Wire;

/// <summary>
/// Finds how a type travels: messages by the silo's MessagePack options, references by identity, exceptions by type and
/// message, everything else of the framework as MessagePack does it. Types that are not sealed travel with their name.
/// </summary>
internal sealed class WireResolver(MessagePackTypes messagePack) : IFormatterResolver
{
    private static readonly Dictionary<Type, IMessagePackFormatter> Own = new()
    {
        [typeof(CancellationToken)] = new NilFormatterOf<CancellationToken>(),
        [typeof(Nothing)] = new NilFormatterOf<Nothing>(),
        [typeof(ValueTuple)] = new NilFormatterOf<ValueTuple>(),
        [typeof(DateTime)] = new DateTimeKindFormatter(),
        [typeof(IdSpan)] = new IdSpanFormatter(),
        [typeof(GrainType)] = new GrainTypeFormatter(),
        [typeof(GrainId)] = new GrainIdFormatter(),
        [typeof(ActivationId)] = new ActivationIdFormatter(),
        [typeof(SiloAddress)] = new SiloAddressFormatter(),
        [typeof(GrainAddress)] = new GrainAddressFormatter(),
        [typeof(GrainInterfaceType)] = new GrainInterfaceTypeFormatter(),
        [typeof(IPAddress)] = new IPAddressFormatter(),
        [typeof(IPEndPoint)] = new IPEndPointFormatter(),
    };

    private readonly ConcurrentDictionary<Type, IMessagePackFormatter> _known = new();

    public IMessagePackFormatter<T> GetFormatter<T>()
    {
        if (!_known.TryGetValue(typeof(T), out var known))
        {
            known = _known.GetOrAdd(typeof(T), Create<T>());
        }

        return Unsafe.As<IMessagePackFormatter<T>>(known);
    }

    IMessagePackFormatter<T>? IFormatterResolver.GetFormatter<T>() => GetFormatter<T>();

    private IMessagePackFormatter Create<T>()
    {
        var type = typeof(T);
        if (Own.TryGetValue(type, out var own))
        {
            return own;
        }

        if (typeof(IAddressable).IsAssignableFrom(type) || typeof(GrainReference).IsAssignableFrom(type))
        {
            return Make(typeof(ReferenceFormatter<>), type);
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return Make(typeof(ExceptionFormatter<>), type);
        }

        if (messagePack.CanSerialize(type))
        {
            return type.IsValueType || type.IsSealed || type.IsAbstract && HasUnion(type)
                ? new MessageFormatter<T>(messagePack.Options)
                : new NamedFormatter<T>(type.IsAbstract ? null : new MessageFormatter<T>(messagePack.Options));
        }

        if (type == typeof(object))
        {
            return new NamedFormatter<T>(null);
        }

        if (type.IsGenericType)
        {
            var open = type.GetGenericTypeDefinition();
            if (open == typeof(Concurrency.Immutable<>))
            {
                return Make(typeof(ImmutableFormatter<>), type.GetGenericArguments());
            }

            if (open == typeof(StreamBatch<>))
            {
                return Make(typeof(StreamBatchFormatter<>), type.GetGenericArguments());
            }

            if (open == typeof(ValueTuple<,,,,,,,>))
            {
                return Make(typeof(LongTupleFormatter<,,,,,,,>), type.GetGenericArguments());
            }
        }

        if (!IsMessage(type) && StandardResolver.Instance.GetFormatter<T>() is { } standard)
        {
            return standard;
        }

        return (type.IsInterface || type.IsAbstract) && !IsMessage(type)
            ? new NamedFormatter<T>(null)
            : throw TypeCopiers.Unknown(type);
    }

    private static bool HasUnion(Type type) => type.IsDefined(typeof(UnionAttribute), inherit: false);

    // With attributes, but the silo did not add the MessagePack serializer.
    private static bool IsMessage(Type type) => type.IsDefined(typeof(MessagePackObjectAttribute), inherit: true);

    private static IMessagePackFormatter Make(Type open, params Type[] arguments) =>
        (IMessagePackFormatter)Activator.CreateInstance(open.MakeGenericType(arguments))!;
}
