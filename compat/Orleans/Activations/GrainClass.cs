using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.Activations;

/// <summary>A grain class with what its attributes say, and how its objects are made.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _factory;
    private readonly Func<Activation, object>[] _facets;

    public GrainClass(Type type, TimeSpan ageLimit, IServiceProvider services)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(services, type) ?? GrainType.Create(NameOf(type));
        Interfaces = [.. type.GetInterfaces().Where(one => typeof(IGrain).IsAssignableFrom(one) && one.Assembly != typeof(IGrain).Assembly || one == typeof(IManagementGrain))];
        PrimaryInterface = Interfaces.FirstOrDefault(one => !Interfaces.Any(other => other != one && one.IsAssignableFrom(other)));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        Placement = type.GetCustomAttribute<PlacementAttribute>(inherit: true)?.PlacementStrategy ?? new ResourceOptimizedPlacement();
        Workers = Placement as StatelessWorkerPlacement;
        AgeLimit = type.IsDefined(typeof(KeepAliveAttribute), inherit: true) ? TimeSpan.MaxValue
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>(inherit: true)?.AgeLimit ?? ageLimit;
        if (type.GetCustomAttribute<MayInterleaveAttribute>(inherit: true) is { } rule)
        {
            MayInterleave = Rule(type, rule.CallbackMethodName);
        }

        var parameters = Constructor(type).GetParameters();
        var facets = parameters.Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute), inherit: true)).ToArray();
        _facets = [.. facets.Select(PersistentStates.Facet)];
        _factory = ActivatorUtilities.CreateFactory(type, [.. facets.Select(parameter => parameter.ParameterType)]);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public Type[] Interfaces { get; }

    /// <summary>The most derived of its interfaces, for references to itself.</summary>
    public Type? PrimaryInterface { get; }

    public bool IsReentrant { get; }

    public Func<object?, IInvokable, bool>? MayInterleave { get; }

    public PlacementStrategy Placement { get; }

    /// <summary>Not null for a stateless worker.</summary>
    public StatelessWorkerPlacement? Workers { get; }

    /// <summary>How long an activation may be idle; <see cref="TimeSpan.MaxValue"/>: for ever.</summary>
    public TimeSpan AgeLimit { get; }

    /// <summary>Class name in lower case without a trailing "grain".</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    public object Create(Activation activation) =>
        _factory(activation.ActivationServices, [.. _facets.Select(facet => facet(activation))]);

    private static ConstructorInfo Constructor(Type type)
    {
        var all = type.GetConstructors();
        return all.FirstOrDefault(one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? all.OrderByDescending(one => one.GetParameters().Length).FirstOrDefault()
            ?? throw new OrleansConfigurationException($"Grain class {type.FullName} has no public constructor.");
    }

    private static Func<object?, IInvokable, bool> Rule(Type type, string name)
    {
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy, [typeof(IInvokable)])
            ?? throw new OrleansConfigurationException($"{type.FullName} has no method bool {name}(IInvokable) as its MayInterleave attribute says.");
        if (method.IsStatic)
        {
            var rule = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => rule(request);
        }

        return (target, request) => (bool)method.Invoke(target, [request])!;
    }
}
