using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Orleans.Proxies;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>The methods of this process' grain interfaces by the key that calls carry between processes.</summary>
internal static class CallMethods
{
    /// <summary>A method itself and the three calls behind one that streams.</summary>
    public const int Plain = 0;
    public const int StreamStart = 1;
    public const int StreamNext = 2;
    public const int StreamStop = 3;

    private static readonly ConcurrentDictionary<ulong, CallMethod> Known = new();
    private static readonly Lazy<Dictionary<ulong, (Type Interface, MethodInfo Method)>> Index = new(Describe);

    /// <summary>The method, or null when this process does not have it.</summary>
    public static CallMethod? Find(ulong key)
    {
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        var (plain, part) = (key & ~3UL, (int)(key & 3));
        if (!Index.Value.TryGetValue(plain, out var found))
        {
            return null;
        }

        var method = Known.GetOrAdd(plain, static (_, one) => ProxyType.Describe(one), found.Method);
        return part == Plain ? method : method.StreamPart(part) is { } streaming ? Known.GetOrAdd(key, streaming) : null;
    }

    /// <summary>A method's key: 62 bits of a hash of its full signature, and which part of it.</summary>
    public static ulong KeyOf(MethodInfo method, int part)
    {
        // FNV-1a, 64 bits: the same in every process.
        var hash = 14695981039346656037UL;
        foreach (var one in Encoding.UTF8.GetBytes(SignatureOf(method)))
        {
            hash = (hash ^ one) * 1099511628211UL;
        }

        return (hash & ~3UL) | (uint)part;
    }

    private static string SignatureOf(MethodInfo method) =>
        $"{method.DeclaringType}.{method.Name}({string.Join(",", method.GetParameters().Select(parameter => parameter.ParameterType))}):{method.ReturnType}";

    private static Dictionary<ulong, (Type Interface, MethodInfo Method)> Describe()
    {
        var index = new Dictionary<ulong, (Type Interface, MethodInfo Method)>();
        foreach (var type in GrainClasses.InterfacesInProcess)
        {
            foreach (var method in ProxyType.MethodsOf(type))
            {
                var key = KeyOf(method, Plain);
                if (!index.TryAdd(key, (type, method)) && index[key].Method != method && SignatureOf(index[key].Method) != SignatureOf(method))
                {
                    throw new OrleansConfigurationException(
                        $"{SignatureOf(method)} and {SignatureOf(index[key].Method)} have the same key; rename one of them.");
                }
            }
        }

        return index;
    }
}
