namespace MessagePack;

/// <summary>On an interface or abstract class: one concrete type and the number that stands for it.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public class UnionAttribute : Attribute
{
    /// <summary>Lets <paramref name="key"/> stand for <paramref name="subType"/>.</summary>
    public UnionAttribute(int key, Type subType)
    {
        Key = key;
        SubType = subType ?? throw new ArgumentNullException(nameof(subType));
    }

    /// <summary>The number in the bytes.</summary>
    public int Key { get; }

    /// <summary>The concrete type.</summary>
    public Type SubType { get; }
}
