using MessagePack;

namespace PairUni.Compat.MessagePack;

/// <summary>Hex on one side, values on the other.</summary>
internal static class Bytes
{
    public static string Of<T>(T value) => Convert.ToHexStringLower(MessagePackSerializer.Serialize(value));

    public static T Read<T>(string hex) => MessagePackSerializer.Deserialize<T>(Convert.FromHexString(hex));

    public static T Twice<T>(T value) => MessagePackSerializer.Deserialize<T>(MessagePackSerializer.Serialize(value));
}
