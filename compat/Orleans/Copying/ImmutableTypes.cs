using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Types whose values nobody can change, which therefore are passed as they are.</summary>
internal static class ImmutableTypes
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(char), typeof(float), typeof(double), typeof(Half), typeof(decimal), typeof(Int128), typeof(UInt128), typeof(BigInteger),
        typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(System.Text.Rune), typeof(CancellationToken),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(ActivationId), typeof(SiloAddress), typeof(GrainAddress),
        typeof(GrainInterfaceType), typeof(Nothing), typeof(ValueTuple),
    ];

    private static readonly HashSet<Type> Containers =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>), typeof(Concurrency.Immutable<>),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Contains(Type type) => Known.GetOrAdd(type, Decide);

    private static bool Decide(Type type)
    {
        if (Plain.Contains(type) || type.IsEnum || typeof(GrainReference).IsAssignableFrom(type)
            || typeof(MemberInfo).IsAssignableFrom(type)
            || (type.IsDefined(typeof(ImmutableAttribute), inherit: false) && !type.IsGenericType))
        {
            return true;
        }

        if (!type.IsGenericType)
        {
            return false;
        }

        var open = type.GetGenericTypeDefinition();
        if (open == typeof(Concurrency.Immutable<>) || type.IsDefined(typeof(ImmutableAttribute), inherit: false))
        {
            return true;
        }

        var isTuple = open.Namespace == "System" && (open.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || open.Name.StartsWith("Tuple`", StringComparison.Ordinal));
        return (isTuple || Containers.Contains(open)) && type.GetGenericArguments().All(Contains);
    }
}
