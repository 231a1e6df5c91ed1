using System.Runtime.CompilerServices;

namespace MessagePack;

/// <summary>How much the bytes are trusted: nesting depth and how dictionary keys are hashed.</summary>
public class MessagePackSecurity
{
    /// <summary>Bytes of our own making: no depth limit but the stack, default hashing.</summary>
    public static readonly MessagePackSecurity TrustedData = new();

    /// <summary>Bytes from anywhere: at most 500 levels, hashes that a sender cannot predict.</summary>
    public static readonly MessagePackSecurity UntrustedData = new() { HashCollisionResistant = true, MaximumObjectGraphDepth = 500 };

    private MessagePackSecurity()
    {
    }

    /// <summary>A copy.</summary>
    protected MessagePackSecurity(MessagePackSecurity copyFrom)
    {
        ArgumentNullException.ThrowIfNull(copyFrom);
        HashCollisionResistant = copyFrom.HashCollisionResistant;
        MaximumObjectGraphDepth = copyFrom.MaximumObjectGraphDepth;
    }

    /// <summary>Whether dictionaries and sets being read hash their keys with a random seed.</summary>
    public bool HashCollisionResistant { get; private set; }

    /// <summary>Levels of nested objects and collections that reading accepts.</summary>
    public int MaximumObjectGraphDepth { get; private set; } = int.MaxValue;

    /// <summary>The same with another depth limit.</summary>
    public MessagePackSecurity WithMaximumObjectGraphDepth(int maximumObjectGraphDepth)
    {
        var copy = Clone();
        copy.MaximumObjectGraphDepth = maximumObjectGraphDepth;
        return copy;
    }

    /// <summary>The same with or without seeded hashes.</summary>
    public MessagePackSecurity WithHashCollisionResistant(bool hashCollisionResistant)
    {
        var copy = Clone();
        copy.HashCollisionResistant = hashCollisionResistant;
        return copy;
    }

    /// <summary>The comparer for keys that are read.</summary>
    public IEqualityComparer<T> GetEqualityComparer<T>() =>
        HashCollisionResistant ? GetHashCollisionResistantEqualityComparer<T>() : EqualityComparer<T>.Default;

    /// <summary>Counts one level down; the caller lowers <see cref="MessagePackReader.Depth"/> when it leaves. Throws <see cref="InsufficientExecutionStackException"/> when too deep.</summary>
    public void DepthStep(ref MessagePackReader reader)
    {
        if (reader.Depth >= MaximumObjectGraphDepth)
        {
            throw new InsufficientExecutionStackException(
                $"This msgpack sequence has an object graph that exceeds the maximum depth allowed of {MaximumObjectGraphDepth}.");
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        reader.Depth++;
    }

    /// <summary>The comparer used when <see cref="HashCollisionResistant"/> is set.</summary>
    protected virtual IEqualityComparer<T> GetHashCollisionResistantEqualityComparer<T>() => Internal.SeededComparer<T>.Instance;

    /// <summary>A copy to change.</summary>
    protected virtual MessagePackSecurity Clone() => new(this);
}
