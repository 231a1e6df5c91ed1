using System.Collections.Immutable;

namespace Orleans.Serialization;

/// <summary>Finds the way to copy a type: not at all, by MessagePack, or element by element.</summary>
internal static class TypeCopiers
{
    private static readonly Dictionary<Type, Type> Collections = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCopier<,>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCopier<>),
        [typeof(Memory<>)] = typeof(MemoryCopier<>),
    };

    public static TypeCopier Create(Type type, MessagePackTypes messagePack)
    {
        if (ImmutableTypes.Contains(type) || typeof(Exception).IsAssignableFrom(type))
        {
            return Make(typeof(SharedCopier<>), type);
        }

        if (messagePack.CanCopy(type))
        {
            return (TypeCopier)Activator.CreateInstance(typeof(MessagePackCopier<>).MakeGenericType(type), messagePack.Options)!;
        }

        if (type.IsSZArray)
        {
            return Make(typeof(ArrayCopier<>), type.GetElementType()!);
        }

        if (type.IsGenericType)
        {
            var open = type.GetGenericTypeDefinition();
            if (Collections.TryGetValue(open, out var collection))
            {
                return Make(collection, type.GetGenericArguments());
            }

            if (open.Namespace == "System" && typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type))
            {
                return Make(typeof(TupleCopier<>), type);
            }
        }

        throw Unknown(type);
    }

    private static TypeCopier Make(Type open, params Type[] arguments) => (TypeCopier)Activator.CreateInstance(open.MakeGenericType(arguments))!;

    /// <summary>The error for a type that nothing can copy or carry.</summary>
    public static CodecNotFoundException Unknown(Type type)
    {
        if (typeof(IGrainBase).IsAssignableFrom(type) || typeof(IGrainObserver).IsAssignableFrom(type))
        {
            return new CodecNotFoundException(
                $"{type.FullName} is an object of its own silo; pass a reference to it (AsReference or CreateObjectReference) instead.");
        }

        var remedy = type.IsDefined(typeof(MessagePack.MessagePackObjectAttribute), inherit: true)
            ? "Add the MessagePack serializer to the silo (Services.AddSerializer(s => s.AddMessagePackSerializer()))."
            : type.IsGenericType || type.IsArray || typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            ? "Pass an array, List, Dictionary or another collection of the framework."
            : "Give it MessagePack attributes.";
        return new CodecNotFoundException($"Could not find a copier for type {type.FullName}. {remedy}");
    }
}
