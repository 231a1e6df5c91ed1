namespace Orleans.Serialization;

/// <summary>Nothing knows how to copy or carry a type.</summary>
[Serializable]
public sealed class CodecNotFoundException(string message) : SerializerException(message);
