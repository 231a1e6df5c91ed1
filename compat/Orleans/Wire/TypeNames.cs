using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Wire;

/// <summary>Names of types on the wire: full name and assembly, without versions.</summary>
internal static class TypeNames
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly ConcurrentDictionary<string, Type?> Types = new();

    public static string Of(Type type) => Names.GetOrAdd(type, Describe);

    /// <summary>The type, or null when this process does not have it. Only assemblies that are deployed with it are looked at.</summary>
    public static Type? Find(string name)
    {
        if (Types.TryGetValue(name, out var known))
        {
            return known;
        }

        var found = Load(name);

        // Names come from outside: what is not there is not remembered, or a peer could fill the memory.
        return found is null ? null : Types.GetOrAdd(name, found);
    }

    private static string Describe(Type type)
    {
        if (type.IsGenericType)
        {
            return $"{type.GetGenericTypeDefinition().FullName}[{string.Join(",", type.GetGenericArguments().Select(one => $"[{Of(one)}]"))}], {AssemblyOf(type)}";
        }

        return type.IsSZArray && type.GetElementType() is { IsGenericType: false } element
            ? $"{element.FullName}[], {AssemblyOf(element)}"
            : $"{type.FullName}, {AssemblyOf(type)}";
    }

    private static string AssemblyOf(Type type) => type.Assembly.GetName().Name!;

    private static Type? Load(string name)
    {
        try
        {
            return Type.GetType(name, Resolve, null, throwOnError: false);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or BadImageFormatException or TypeLoadException)
        {
            return null;
        }
    }

    private static Assembly? Resolve(AssemblyName name)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (!assembly.IsDynamic && assembly.GetName().Name == name.Name)
            {
                return assembly;
            }
        }

        try
        {
            return Assembly.Load(new AssemblyName(name.Name!));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
