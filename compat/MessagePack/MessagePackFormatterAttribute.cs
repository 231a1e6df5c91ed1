namespace MessagePack;

/// <summary>Names the formatter of a type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum, AllowMultiple = false, Inherited = true)]
public class MessagePackFormatterAttribute : Attribute
{
    /// <summary>The type is read and written by <paramref name="formatterType"/>, made by its parameterless constructor.</summary>
    public MessagePackFormatterAttribute(Type formatterType) => FormatterType = formatterType;

    /// <summary>The same, with constructor arguments.</summary>
    public MessagePackFormatterAttribute(Type formatterType, params object?[]? arguments)
    {
        FormatterType = formatterType;
        Arguments = arguments;
    }

    /// <summary>The formatter's type.</summary>
    public Type FormatterType { get; }

    /// <summary>Its constructor arguments, if any.</summary>
    public object?[]? Arguments { get; }
}
