namespace Orleans.Serialization;

/// <summary>In the services when a silo carries messages by MessagePack.</summary>
internal sealed class MessagePackSerializerAdded;
