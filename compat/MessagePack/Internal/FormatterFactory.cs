using System.Buffers;
using System.Collections.Immutable;
using System.Reflection;
using MessagePack.Formatters;

namespace MessagePack.Internal;

/// <summary>Chooses the formatter of a type: an attribute on it, a built-in one, a collection's, an enum's, a union's or an object's.</summary>
internal static class FormatterFactory
{
    private static readonly Dictionary<Type, object> BuiltIn = new()
    {
        [typeof(bool)] = new BooleanFormatter(),
        [typeof(byte)] = new ByteFormatter(),
        [typeof(sbyte)] = new SByteFormatter(),
        [typeof(short)] = new Int16Formatter(),
        [typeof(ushort)] = new UInt16Formatter(),
        [typeof(int)] = new Int32Formatter(),
        [typeof(uint)] = new UInt32Formatter(),
        [typeof(long)] = new Int64Formatter(),
        [typeof(ulong)] = new UInt64Formatter(),
        [typeof(char)] = new CharFormatter(),
        [typeof(float)] = new SingleFormatter(),
        [typeof(double)] = new DoubleFormatter(),
        [typeof(Half)] = new HalfFormatter(),
        [typeof(decimal)] = new DecimalFormatter(),
        [typeof(string)] = new StringFormatter(),
        [typeof(Nil)] = new NilFormatter(),
        [typeof(Guid)] = new GuidFormatter(),
        [typeof(Uri)] = new UriFormatter(),
        [typeof(Version)] = new VersionFormatter(),
        [typeof(DateTime)] = new DateTimeFormatter(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetFormatter(),
        [typeof(TimeSpan)] = new TimeSpanFormatter(),
        [typeof(DateOnly)] = new DateOnlyFormatter(),
        [typeof(TimeOnly)] = new TimeOnlyFormatter(),
        [typeof(byte[])] = new ByteArrayFormatter(),
        [typeof(Memory<byte>)] = new ByteMemoryFormatter(),
        [typeof(ReadOnlyMemory<byte>)] = new ByteReadOnlyMemoryFormatter(),
        [typeof(ArraySegment<byte>)] = new ByteArraySegmentFormatter(),
        [typeof(ReadOnlySequence<byte>)] = new ByteReadOnlySequenceFormatter(),
    };

    // Open generic type -> open generic formatter with the same type arguments.
    private static readonly Dictionary<Type, Type> Generic = new()
    {
        [typeof(Nullable<>)] = typeof(NullableFormatter<>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairFormatter<,>),
        [typeof(List<>)] = typeof(ListFormatter<>),
        [typeof(IList<>)] = typeof(InterfaceListFormatter2<>),
        [typeof(ICollection<>)] = typeof(InterfaceCollectionFormatter2<>),
        [typeof(IEnumerable<>)] = typeof(InterfaceEnumerableFormatter<>),
        [typeof(IReadOnlyList<>)] = typeof(InterfaceReadOnlyListFormatter<>),
        [typeof(IReadOnlyCollection<>)] = typeof(InterfaceReadOnlyCollectionFormatter<>),
        [typeof(HashSet<>)] = typeof(HashSetFormatter<>),
        [typeof(ISet<>)] = typeof(InterfaceSetFormatter<>),
        [typeof(IReadOnlySet<>)] = typeof(InterfaceReadOnlySetFormatter<>),
        [typeof(Queue<>)] = typeof(QueueFormatter<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryFormatter<,>),
        [typeof(IDictionary<,>)] = typeof(InterfaceDictionaryFormatter<,>),
        [typeof(IReadOnlyDictionary<,>)] = typeof(InterfaceReadOnlyDictionaryFormatter<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryFormatter<,>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayFormatter<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListFormatter<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetFormatter<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryFormatter<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryFormatter<,>),
        [typeof(Memory<>)] = typeof(MemoryFormatter<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryFormatter<>),
    };

    public static object? Create(Type type)
    {
        if (type.GetCustomAttribute<MessagePackFormatterAttribute>(inherit: true) is { } named)
        {
            var formatter = named.FormatterType is { IsGenericTypeDefinition: true } open ? open.MakeGenericType(type.GetGenericArguments()) : named.FormatterType;
            return Activator.CreateInstance(formatter, named.Arguments);
        }

        if (BuiltIn.TryGetValue(type, out var builtIn))
        {
            return builtIn;
        }

        if (type.IsArray)
        {
            return type.IsSZArray ? CreateGeneric(typeof(ArrayFormatter<>), type.GetElementType()!) : null;
        }

        if (type.IsEnum)
        {
            return CreateGeneric(typeof(GenericEnumFormatter<,>), type, type.GetEnumUnderlyingType());
        }

        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            if (Generic.TryGetValue(definition, out var open))
            {
                return CreateGeneric(open, type.GetGenericArguments());
            }

            if (IsTuple(definition))
            {
                return CreateGeneric(typeof(ObjectFormatter<>).MakeGenericType(type), ObjectLayout.OfTuple(type));
            }
        }

        if (type.IsDefined(typeof(UnionAttribute), inherit: false) && (type.IsInterface || type.IsAbstract))
        {
            return CreateGeneric(typeof(UnionFormatter<>), type);
        }

        if (!type.IsInterface && !type.IsAbstract && type.GetCustomAttribute<MessagePackObjectAttribute>(inherit: true) is { } attribute)
        {
            return CreateGeneric(typeof(ObjectFormatter<>).MakeGenericType(type), ObjectLayout.Of(type, attribute));
        }

        return null;
    }

    private static bool IsTuple(Type definition) =>
        definition.Namespace == "System"
        && (definition.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || definition.Name.StartsWith("Tuple`", StringComparison.Ordinal))
        && definition.GetGenericArguments().Length < 8;

    private static object CreateGeneric(Type open, params Type[] arguments) =>
        Activator.CreateInstance(open.MakeGenericType(arguments))!;

    private static object CreateGeneric(Type formatter, ObjectLayout layout) => Activator.CreateInstance(formatter, layout)!;
}
