using System.Text;

namespace PairUni.Modeling.Tests.Files;

/// <summary>One to three random injuries to a file.</summary>
internal static class Mutation
{
    private static readonly byte[][] Poison =
    [
        [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0, 0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        "99999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "{\"a\":"u8.ToArray(), "[[[[[[[["u8.ToArray(), "null"u8.ToArray(), "1e308"u8.ToArray(), "\"\\ud800\""u8.ToArray(),
        Encoding.UTF8.GetBytes("cos\nmkdir\n(X\u0003\0\0\0rantR"), "cposix\nsystem\n"u8.ToArray(), [0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xc3], "PK\u0005\u0006"u8.ToArray(),
    ];

    internal static byte[] Of(byte[] sound, Random random)
    {
        byte[] bytes = [.. sound];
        for (int times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--)
            bytes = Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        // Half of the injuries are near the start, where headers are.
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 400) : bytes.Length);
        byte[] poison = Poison[random.Next(Poison.Length)];
        int length = random.Next(1, Math.Min(64, bytes.Length - at) + 1);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..at], .. poison, .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. poison, .. bytes[Math.Min(bytes.Length, at + poison.Length)..]];
            default:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
        }
    }
}
