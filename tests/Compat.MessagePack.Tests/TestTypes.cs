using MessagePack;

namespace PairUni.Compat.MessagePack;

[MessagePackObject]
public class Gapped
{
    [Key(0)]
    public int First { get; set; }

    [Key(2)]
    public string? Third { get; set; }

    [IgnoreMember]
    public int NotStored { get; set; }
}

[MessagePackObject]
public class Named
{
    [Key("n")]
    public int Count { get; set; }

    [Key("text")]
    public string? Text { get; set; }
}

[MessagePackObject(keyAsPropertyName: true)]
public class AllByName
{
    public int A { get; set; }
}

[MessagePackObject]
public sealed record Point([property: Key(0)] int X, [property: Key(1)] int Y, [property: Key(2)] Inner? Inner);

[MessagePackObject]
public sealed record Inner([property: Key(0)] IReadOnlyList<string> Names, [property: Key(1)] IReadOnlyDictionary<string, double> Values);

[MessagePackObject]
public readonly record struct GroupName([property: Key(0)] string Run, [property: Key(1)] int Step);

public enum Kind
{
    First,
    Second,
}

public enum Small : byte
{
    Last = 255,
}

[MessagePackObject]
public sealed record Group
{
    [Key(0)]
    public required GroupName Key { get; init; }

    [Key(1)]
    public int[][] Tokens { get; init; } = [];

    [Key(2)]
    public ReadOnlyMemory<byte> Image { get; init; }

    [Key(3)]
    public TimeSpan Lease { get; init; }

    [Key(4)]
    public Kind Kind { get; init; }
}

[Union(1, typeof(Cat))]
[Union(2, typeof(Dog))]
public interface IAnimal;

[MessagePackObject]
public sealed class Cat : IAnimal
{
    [Key(0)]
    public int Lives { get; set; }
}

[MessagePackObject]
public sealed class Dog : IAnimal
{
    [Key(0)]
    public string? Name { get; set; }
}

[MessagePackObject]
public sealed class Fish : IAnimal;

[MessagePackObject]
public sealed class Node
{
    [Key(0)]
    public Node? Next { get; set; }
}

[MessagePackObject]
public sealed class Watched : IMessagePackSerializationCallbackReceiver
{
    [IgnoreMember]
    public int Before { get; private set; }

    [IgnoreMember]
    public int After { get; private set; }

    public void OnBeforeSerialize() => Before++;

    public void OnAfterDeserialize() => After++;
}

[MessagePackObject]
public sealed class Chosen
{
    [SerializationConstructor]
    public Chosen(int value) => Value = value;

    public Chosen(int value, int other) => Value = value + other;

    [Key(0)]
    public int Value { get; }
}

public sealed class Plain
{
    public int A { get; set; }
}

// Kept from a source generator, which would refuse it while compiling.
[MessagePackObject(SuppressSourceGeneration = true)]
#pragma warning disable MsgPack004 // the missing key is what the test is about
public sealed class HalfMarked
{
    [Key(0)]
    public int Marked { get; set; }

    public int Forgotten { get; set; }
}
