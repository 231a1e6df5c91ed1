namespace MessagePack;

/// <summary>No resolver knows how to read or write the type.</summary>
[Serializable]
public class FormatterNotRegisteredException(string? message) : MessagePackSerializationException(message);
