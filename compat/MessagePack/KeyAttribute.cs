namespace MessagePack;

/// <summary>The key of a member: an index (the object is an array) or a name (the object is a map).</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public class KeyAttribute : Attribute
{
    /// <summary>Places the member at index <paramref name="x"/> of an array.</summary>
    public KeyAttribute(int x) => IntKey = x;

    /// <summary>Stores the member under <paramref name="x"/> in a map.</summary>
    public KeyAttribute(string x) => StringKey = x ?? throw new ArgumentNullException(nameof(x));

    /// <summary>The index, or null when the key is a name.</summary>
    public int? IntKey { get; }

    /// <summary>The name, or null when the key is an index.</summary>
    public string? StringKey { get; }
}
