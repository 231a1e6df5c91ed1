namespace MessagePack;

/// <summary>Leaves a member out of the object's bytes.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public class IgnoreMemberAttribute : Attribute;
