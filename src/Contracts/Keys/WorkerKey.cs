using System.Globalization;

namespace PairUni.Contracts;

/// <summary>A rollout worker: one device of one silo. Written "silo/0"; the key of its grain.</summary>
/// <param name="Silo">Name of the silo; no slash.</param>
/// <param name="Device">Number of the worker in the silo, from 0.</param>
public readonly record struct WorkerKey(string Silo, int Device)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Silo}/{Device}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a worker key.</exception>
    public static WorkerKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && parts[0].Length > 0 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var device)
            ? new(parts[0], device)
            : throw new FormatException($"'{text}' is not a worker key; expected silo/number.");
    }
}
