namespace MessagePack;

/// <summary>Marks a class or struct whose members carry <see cref="KeyAttribute"/> (or are keyed by name).</summary>
/// <param name="keyAsPropertyName">True: no [Key] needed, the map's keys are the members' names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public class MessagePackObjectAttribute(bool keyAsPropertyName = false) : Attribute
{
    /// <summary>True when the members' names are the keys.</summary>
    public bool KeyAsPropertyName { get; } = keyAsPropertyName;

    /// <summary>True when members that are not public take part too.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>For a code generator; nothing is generated here, so it changes nothing.</summary>
    public bool SuppressSourceGeneration { get; set; }
}
