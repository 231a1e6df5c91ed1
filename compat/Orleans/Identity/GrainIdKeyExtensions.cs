using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are numbers or GUIDs, both written in hexadecimal.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of a number.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The key of a GUID.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>The number in a key.</summary>
    public static long GetIntegerKey(this GrainId grainId) =>
        long.TryParse(grainId.Key.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException($"Unable to parse the key of {grainId} as a number");

    /// <summary>The GUID in a key.</summary>
    public static Guid GetGuidKey(this GrainId grainId) =>
        Guid.TryParseExact(grainId.Key.ToString(), "N", out var key)
            ? key
            : throw new ArgumentException($"Unable to parse the key of {grainId} as a GUID");
}
