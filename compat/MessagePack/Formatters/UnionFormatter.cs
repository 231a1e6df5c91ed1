using System.Reflection;
using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>[number of the concrete type, value] for an interface or abstract class with <see cref="UnionAttribute"/>.</summary>
internal sealed class UnionFormatter<T> : IMessagePackFormatter<T?>
{
    private readonly Dictionary<Type, Case> _byType = [];
    private readonly Dictionary<int, Case> _byKey = [];

    public UnionFormatter()
    {
        foreach (var union in typeof(T).GetCustomAttributes<UnionAttribute>(inherit: false))
        {
            var one = (Case)Activator.CreateInstance(typeof(Case<>).MakeGenericType(typeof(T), union.SubType), union.Key)!;
            if (!_byKey.TryAdd(union.Key, one) || !_byType.TryAdd(union.SubType, one))
            {
                throw new MessagePackSerializationException($"Union of {typeof(T).FullName} names key {union.Key} or type {union.SubType.FullName} twice.");
            }
        }
    }

    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        // A type that no attribute names has no number to be read back by; like null it is nil.
        if (value is null || !_byType.TryGetValue(value.GetType(), out var one))
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(one.Key);
        one.Write(ref writer, value, options);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return default;
        }

        if (reader.ReadArrayHeader() != 2)
        {
            throw new MessagePackSerializationException($"Invalid Union data was detected. Type:{typeof(T).FullName}");
        }

        options.Security.DepthStep(ref reader);
        var key = reader.ReadInt32();
        T? value = default;
        if (_byKey.TryGetValue(key, out var one))
        {
            value = one.Read(ref reader, options);
        }
        else
        {
            reader.Skip();
        }

        reader.Depth--;
        return value;
    }

    internal abstract class Case(int key)
    {
        public int Key => key;

        public abstract void Write(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

        public abstract T Read(ref MessagePackReader reader, MessagePackSerializerOptions options);
    }

    internal sealed class Case<TCase>(int key) : Case(key)
        where TCase : T
    {
        public override void Write(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            MemberValue.Write(ref writer, (TCase)value!, options);

        public override T Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            MemberValue.Read<TCase>(ref reader, options);
    }
}
