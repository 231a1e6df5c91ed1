using System.Collections.Concurrent;

namespace MessagePack.Internal;

/// <summary>The generic calls of one type behind a plain interface, made once a type.</summary>
internal abstract class TypedCalls
{
    public static TypedCalls Of(ConcurrentDictionary<Type, TypedCalls> known, Type type) =>
        known.GetOrAdd(type, static t => (TypedCalls)Activator.CreateInstance(typeof(For<>).MakeGenericType(t))!);

    public abstract void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions? options);

    public abstract object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions? options);

    private sealed class For<T> : TypedCalls
    {
        public override void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions? options) =>
            MessagePackSerializer.Serialize(ref writer, (T)value!, options);

        public override object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions? options) =>
            MessagePackSerializer.Deserialize<T>(ref reader, options);
    }
}
