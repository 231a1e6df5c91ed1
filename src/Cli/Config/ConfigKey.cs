using System.ComponentModel.DataAnnotations;
using System.Reflection;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>One setting: its path in the YAML file ("learner.lr"), the property behind it and what it may be.</summary>
internal sealed record ConfigKey(string Path, PropertyInfo Property)
{
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    public string Section => Path[..Path.LastIndexOf('.')];

    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    public bool MayBeEmpty => Nullable.GetUnderlyingType(Property.PropertyType) is not null
        || (Type == typeof(string) && new NullabilityInfoContext().Create(Property).WriteState == NullabilityState.Nullable);

    public string? Unit => Property.GetCustomAttribute<UnitAttribute>()?.Unit;

    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    public IReadOnlyList<string>? Allowed =>
        Property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Select(v => (string)v!).ToArray();

    public string? Pattern => Property.GetCustomAttribute<RegularExpressionAttribute>()?.Pattern;

    public int MinLength => Property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0;

    /// <summary>PAIRUNI_LEARNER__LR for learner.lr.</summary>
    public string Variable => "PAIRUNI_" + Path.Replace(".", "__").ToUpperInvariant();
}
