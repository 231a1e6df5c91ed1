using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MessagePack.Internal;

/// <summary>A run of elements as an array value. Numbers skip the formatter call for each element.</summary>
internal static class ElementRun<T>
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> values, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(values.Length);
        if (typeof(T) == typeof(float))
        {
            foreach (var value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(values)), values.Length))
            {
                writer.Write(value);
            }

            return;
        }

        if (typeof(T) == typeof(int))
        {
            foreach (var value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, int>(ref MemoryMarshal.GetReference(values)), values.Length))
            {
                writer.Write(value);
            }

            return;
        }

        var formatter = MemberValue.Formatter<T>(options);
        foreach (var value in values)
        {
            writer.CancellationToken.ThrowIfCancellationRequested();
            formatter.Serialize(ref writer, value, options);
        }
    }

    public static T[] Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return [];
        }

        var values = new T[count];
        if (typeof(T) == typeof(float))
        {
            var floats = (float[])(object)values;
            for (var i = 0; i < floats.Length; i++)
            {
                floats[i] = reader.ReadSingle();
            }

            return values;
        }

        if (typeof(T) == typeof(int))
        {
            var ints = (int[])(object)values;
            for (var i = 0; i < ints.Length; i++)
            {
                ints[i] = reader.ReadInt32();
            }

            return values;
        }

        var formatter = MemberValue.Formatter<T>(options);
        options.Security.DepthStep(ref reader);
        for (var i = 0; i < values.Length; i++)
        {
            reader.CancellationToken.ThrowIfCancellationRequested();
            values[i] = formatter.Deserialize(ref reader, options);
        }

        reader.Depth--;
        return values;
    }
}
