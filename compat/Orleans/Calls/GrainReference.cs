using Orleans.Proxies;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A grain's identity that can be called: what a grain interface is to its callers. Equal when the grain is.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainReferenceOrigin _origin;

    internal GrainReference(GrainReferenceOrigin origin, GrainId grainId)
    {
        _origin = origin;
        GrainId = grainId;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface that the reference offers.</summary>
    public GrainInterfaceType InterfaceType => _origin.InterfaceType;

    /// <summary>That interface's name.</summary>
    public virtual string InterfaceName => _origin.Interface?.FullName ?? "";

    /// <summary>The interface that it offers; null when it is not known.</summary>
    internal Type? Interface => _origin.Interface;

    // A reference that came from another silo works through the silo where it is used.
    private SiloRuntime Silo => (RuntimeContext.Current as Activations.Activation)?.Silo ?? _origin.Silo;

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => reference1?.Equals(reference2) ?? reference2 is null;

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <summary>The same grain behind another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)As(typeof(TGrainInterface));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    internal object As(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _origin.Silo.References.Create(interfaceType, GrainId);

    // What emitted proxies call, one for each kind of return type.
    internal Task<TResult> CallTask<TArguments, TResult>(CallMethod<TArguments, TResult> method, TArguments arguments)
        where TArguments : struct => Silo.Call(method, this, arguments);

    internal Task CallPlainTask<TArguments>(CallMethod<TArguments, Nothing> method, TArguments arguments)
        where TArguments : struct => Silo.Call(method, this, arguments);

    internal ValueTask<TResult> CallValueTask<TArguments, TResult>(CallMethod<TArguments, TResult> method, TArguments arguments)
        where TArguments : struct => new(Silo.Call(method, this, arguments));

    internal ValueTask CallPlainValueTask<TArguments>(CallMethod<TArguments, Nothing> method, TArguments arguments)
        where TArguments : struct => new(Silo.Call(method, this, arguments));

    internal void CallVoid<TArguments>(CallMethod<TArguments, Nothing> method, TArguments arguments)
        where TArguments : struct => _ = Silo.Call(method, this, arguments);

    internal IAsyncEnumerable<TItem> CallStream<TArguments, TItem>(CallMethod<TArguments, IAsyncEnumerable<TItem>> method, TArguments arguments)
        where TArguments : struct => new Streams.GrainStream<TArguments, TItem>(Silo, this, method, arguments);
}
