using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to this grain, to be given away; <c>this</c> itself must not leave the grain.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)Reference(grain).As(typeof(TGrainInterface));

    /// <summary>The same grain behind another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>A reference to this grain.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType) => Reference(grain).As(interfaceType);

    /// <summary>The same grain behind another of its interfaces.</summary>
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    /// <summary>The grain's identity.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase { GrainContext: { } context } => context.GrainId,
        _ => throw NotBound(grain),
    };

    /// <summary>The key of a grain with a number as key.</summary>
    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetGrainId().GetIntegerKey();

    /// <summary>The key of a grain with a GUID key.</summary>
    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetGrainId().GetGuidKey();

    /// <summary>The key of a grain with a string as key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference Reference(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase { GrainContext: { } context } => context.GrainReference,
        _ => throw NotBound(grain),
    };

    private static ArgumentException NotBound(IAddressable grain) =>
        new($"{grain?.GetType().FullName ?? "null"} is neither a grain that a silo has made nor a reference to one.", nameof(grain));
}
