using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Makes the references that callers on this silo use, inside of grains and outside.</summary>
internal sealed class GrainFactory(SiloRuntime silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.ServiceProvider;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Create(typeof(TGrainInterface), StringKey(primaryKey), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, StringKey(grainPrimaryKey), null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)silo.References.Create(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        (TGrainObserverInterface)silo.References.Create(typeof(TGrainObserverInterface), silo.Observers.Add(obj));

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => silo.Observers.Remove(obj);

    private static IdSpan StringKey(string key) => string.IsNullOrWhiteSpace(key)
        ? throw new ArgumentException("A grain's key must not be null, empty or blank.", nameof(key))
        : IdSpan.Create(key);

    private object Create(Type interfaceType, IdSpan key, string? prefix) =>
        silo.References.Create(interfaceType, new GrainId(silo.Interfaces.Resolve(interfaceType, prefix), key));
}
