namespace MessagePack;

/// <summary>Names the constructor that reading uses when there are several.</summary>
[AttributeUsage(AttributeTargets.Constructor, AllowMultiple = false, Inherited = true)]
public class SerializationConstructorAttribute : Attribute;
