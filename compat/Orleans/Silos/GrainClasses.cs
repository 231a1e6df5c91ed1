using System.Collections.Frozen;
using System.Reflection;
using Orleans.Activations;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Finds the grain classes of the process and describes those that a silo hosts.</summary>
internal static class GrainClasses
{
    private static readonly Lazy<Type[]> Types = new(Find);
    private static readonly Lazy<Type[]> All = new(() => [.. Types.Value.Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrain).IsAssignableFrom(type) && typeof(IGrainBase).IsAssignableFrom(type))]);

    /// <summary>Every grain class in the application's assemblies.</summary>
    public static IEnumerable<Type> InProcess => All.Value;

    /// <summary>Every interface there that can be called.</summary>
    public static IEnumerable<Type> InterfacesInProcess => Types.Value
        .Where(type => type is { IsInterface: true, ContainsGenericParameters: false } && typeof(IAddressable).IsAssignableFrom(type))
        .Concat(All.Value.SelectMany(type => type.GetInterfaces()).Where(type => typeof(IGrain).IsAssignableFrom(type) && !type.ContainsGenericParameters))
        .Append(typeof(IManagementGrain))
        .Distinct();

    public static FrozenDictionary<GrainType, GrainClass> Load(GrainTypeOptions types, GrainCollectionOptions collection, IServiceProvider services)
    {
        var classes = new Dictionary<GrainType, GrainClass>();
        foreach (var type in types.Classes.Append(typeof(ManagementGrain)))
        {
            var age = collection.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName!, collection.CollectionAge);
            var one = new GrainClass(type, age, services);
            if (!classes.TryAdd(one.GrainType, one))
            {
                throw new OrleansConfigurationException(
                    $"Grain classes {classes[one.GrainType].Type.FullName} and {type.FullName} share the grain type {one.GrainType}; give one a GrainType attribute.");
            }
        }

        return classes.ToFrozenDictionary();
    }

    private static Type[] Find()
    {
        var orleans = typeof(IGrain).Assembly.GetName().Name;
        var seen = new Dictionary<string, Assembly>();
        var queue = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (queue.TryDequeue(out var assembly))
        {
            if (!seen.TryAdd(assembly.FullName!, assembly))
            {
                continue;
            }

            foreach (var reference in assembly.GetReferencedAssemblies().Where(name => !IsFramework(name.Name!)))
            {
                try
                {
                    queue.Enqueue(Assembly.Load(reference));
                }
                catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
                {
                    // A reference that is not deployed has no grains either.
                }
            }
        }

        return [.. seen.Values
            .Where(assembly => assembly.GetReferencedAssemblies().Any(name => name.Name == orleans))
            .SelectMany(TypesOf)];
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "System" or "netstandard" or "mscorlib";

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
