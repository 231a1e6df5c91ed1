namespace PairUni.Contracts.Options;

/// <summary>The unit of an option's value, as docs/configuration.md prints it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    public string Unit { get; } = unit;
}
