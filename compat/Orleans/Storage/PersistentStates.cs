using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Activations;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Makes the states that grain classes ask for.</summary>
internal static class PersistentStates
{
    private static readonly MethodInfo CreateOpen = typeof(PersistentStates).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Fills a constructor parameter with <see cref="PersistentStateAttribute"/>.</summary>
    public static Func<Activation, object> Facet(ParameterInfo parameter)
    {
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>(inherit: true)!;
        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"Parameter {parameter.Name} of {parameter.Member.DeclaringType!.FullName} has a PersistentState attribute but is no IPersistentState.");
        }

        var create = CreateOpen.MakeGenericMethod(parameter.ParameterType.GetGenericArguments()).CreateDelegate<Func<Activation, string, string?, object>>();
        return activation => create(activation, attribute.StateName, attribute.StorageName);
    }

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>.</summary>
    public static IStorage<TState> OfGrain<TState>(Activation activation) => (IStorage<TState>)Create<TState>(
        activation, activation.Class.Type.FullName!, activation.Class.Type.GetCustomAttribute<StorageProviderAttribute>(inherit: true)?.ProviderName);

    private static object Create<TState>(Activation activation, string stateName, string? storageName)
    {
        var name = storageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        var storage = activation.Silo.ServiceProvider.GetKeyedService<IGrainStorage>(name)
            ?? throw new OrleansConfigurationException(
                $"No storage provider named \"{name}\" found loading grain type {activation.Class.Type.FullName}; add it to the silo.");
        return new PersistentState<TState>(stateName, activation, storage);
    }
}
