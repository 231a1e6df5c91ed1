using System.Reflection;
using System.Reflection.Emit;

namespace MessagePack.Internal;

/// <summary>Writes the members of a value that is not null.</summary>
internal delegate void ObjectWriter<T>(ref MessagePackWriter writer, ref T value, MessagePackSerializerOptions options);

/// <summary>Reads a value whose bytes are not nil.</summary>
internal delegate T ObjectReader<T>(ref MessagePackReader reader, MessagePackSerializerOptions options);

/// <summary>Emits the code that reads and writes a type by its layout, so that no call uses reflection.</summary>
internal static class ObjectEmitter
{
    private static readonly Dictionary<Type, string> Direct = new()
    {
        [typeof(bool)] = nameof(MessagePackReader.ReadBoolean),
        [typeof(byte)] = nameof(MessagePackReader.ReadByte),
        [typeof(sbyte)] = nameof(MessagePackReader.ReadSByte),
        [typeof(short)] = nameof(MessagePackReader.ReadInt16),
        [typeof(ushort)] = nameof(MessagePackReader.ReadUInt16),
        [typeof(int)] = nameof(MessagePackReader.ReadInt32),
        [typeof(uint)] = nameof(MessagePackReader.ReadUInt32),
        [typeof(long)] = nameof(MessagePackReader.ReadInt64),
        [typeof(ulong)] = nameof(MessagePackReader.ReadUInt64),
        [typeof(char)] = nameof(MessagePackReader.ReadChar),
        [typeof(float)] = nameof(MessagePackReader.ReadSingle),
        [typeof(double)] = nameof(MessagePackReader.ReadDouble),
    };

    public static ObjectWriter<T> Writer<T>(ObjectLayout layout)
    {
        var method = new DynamicMethod(
            "Write_" + typeof(T).Name,
            typeof(void),
            [typeof(ObjectLayout), typeof(MessagePackWriter).MakeByRefType(), typeof(T).MakeByRefType(), typeof(MessagePackSerializerOptions)],
            typeof(ObjectEmitter).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, layout.Slots);
        il.Emit(OpCodes.Call, typeof(MessagePackWriter).GetMethod(
            layout.Names is null ? nameof(MessagePackWriter.WriteArrayHeader) : nameof(MessagePackWriter.WriteMapHeader), [typeof(int)])!);
        var bySlot = layout.Members.ToDictionary(member => member.Index);
        for (var slot = 0; slot < layout.Slots; slot++)
        {
            if (layout.Names is not null)
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Ldc_I4, slot);
                il.Emit(OpCodes.Call, typeof(ObjectEmitter).GetMethod(nameof(WriteKey), BindingFlags.Static | BindingFlags.NonPublic)!);
            }

            il.Emit(OpCodes.Ldarg_1);
            if (bySlot.TryGetValue(slot, out var member) && member.CanRead)
            {
                EmitGet<T>(il, member);
                EmitWriteValue(il, member.Type);
            }
            else
            {
                il.Emit(OpCodes.Call, typeof(MessagePackWriter).GetMethod(nameof(MessagePackWriter.WriteNil))!);
            }
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<ObjectWriter<T>>(layout);
    }

    public static ObjectReader<T> Reader<T>(ObjectLayout layout)
    {
        var method = new DynamicMethod(
            "Read_" + typeof(T).Name,
            typeof(T),
            [typeof(ObjectLayout), typeof(MessagePackReader).MakeByRefType(), typeof(MessagePackSerializerOptions)],
            typeof(ObjectEmitter).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        var values = layout.Members.ToDictionary(member => member, member => il.DeclareLocal(member.Type));
        var present = layout.Members.ToDictionary(member => member, _ => il.DeclareLocal(typeof(bool)));
        EmitReadLoop(il, layout, values, present);

        var result = il.DeclareLocal(typeof(T));
        foreach (var argument in layout.Arguments)
        {
            il.Emit(OpCodes.Ldloc, values[argument]);
        }

        if (layout.Constructor is not null)
        {
            il.Emit(OpCodes.Newobj, layout.Constructor);
            il.Emit(OpCodes.Stloc, result);
        }
        else
        {
            il.Emit(OpCodes.Ldloca, result);
            il.Emit(OpCodes.Initobj, typeof(T));
        }

        foreach (var member in layout.Members.Where(member => member.CanWrite && !layout.Arguments.Contains(member)))
        {
            // A member that the bytes lack keeps what the constructor gave it.
            var absent = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, present[member]);
            il.Emit(OpCodes.Brfalse, absent);
            il.Emit(typeof(T).IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, result);
            il.Emit(OpCodes.Ldloc, values[member]);
            if (member.Info is PropertyInfo property)
            {
                il.Emit(typeof(T).IsValueType ? OpCodes.Call : OpCodes.Callvirt, property.SetMethod!);
            }
            else
            {
                il.Emit(OpCodes.Stfld, (FieldInfo)member.Info);
            }

            il.MarkLabel(absent);
        }

        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<ObjectReader<T>>(layout);
    }

    // for (i = 0; i < count; i++) switch (slot) { case member: value = read; present = true; default: skip }
    private static void EmitReadLoop(
        ILGenerator il, ObjectLayout layout, Dictionary<ObjectMember, LocalBuilder> values, Dictionary<ObjectMember, LocalBuilder> present)
    {
        var count = il.DeclareLocal(typeof(int));
        var i = il.DeclareLocal(typeof(int));
        var (test, next, body, skip) = (il.DefineLabel(), il.DefineLabel(), il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(MessagePackReader).GetMethod(
            layout.Names is null ? nameof(MessagePackReader.ReadArrayHeader) : nameof(MessagePackReader.ReadMapHeader))!);
        il.Emit(OpCodes.Stloc, count);
        il.Emit(OpCodes.Br, test);

        il.MarkLabel(body);
        if (layout.Names is null)
        {
            il.Emit(OpCodes.Ldloc, i);
        }
        else
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldloc, i);
            il.Emit(OpCodes.Call, typeof(ObjectLayout).GetMethod(nameof(ObjectLayout.ReadKey))!);
        }

        var cases = Enumerable.Repeat(skip, layout.Slots).ToArray();
        foreach (var member in layout.Members)
        {
            cases[member.Index] = il.DefineLabel();
        }

        il.Emit(OpCodes.Switch, cases);
        il.MarkLabel(skip);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(MessagePackReader).GetMethod(nameof(MessagePackReader.Skip))!);
        il.Emit(OpCodes.Br, next);
        foreach (var member in layout.Members)
        {
            il.MarkLabel(cases[member.Index]);
            if (!member.CanWrite && !layout.Arguments.Contains(member))
            {
                il.Emit(OpCodes.Br, skip);
                continue;
            }

            il.Emit(OpCodes.Ldarg_1);
            EmitReadValue(il, member.Type);
            il.Emit(OpCodes.Stloc, values[member]);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Stloc, present[member]);
            il.Emit(OpCodes.Br, next);
        }

        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, i);
        il.MarkLabel(test);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldloc, count);
        il.Emit(OpCodes.Blt, body);
    }

    private static void EmitGet<T>(ILGenerator il, ObjectMember member)
    {
        il.Emit(OpCodes.Ldarg_2);
        if (!typeof(T).IsValueType)
        {
            il.Emit(OpCodes.Ldind_Ref);
        }

        if (member.Info is PropertyInfo property)
        {
            il.Emit(typeof(T).IsValueType ? OpCodes.Call : OpCodes.Callvirt, property.GetMethod!);
        }
        else
        {
            il.Emit(OpCodes.Ldfld, (FieldInfo)member.Info);
        }
    }

    private static void EmitWriteValue(ILGenerator il, Type type)
    {
        if (Direct.ContainsKey(type))
        {
            il.Emit(OpCodes.Call, typeof(MessagePackWriter).GetMethod(nameof(MessagePackWriter.Write), [type])!);
            return;
        }

        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(MemberValue).GetMethod(nameof(MemberValue.Write))!.MakeGenericMethod(type));
    }

    private static void EmitReadValue(ILGenerator il, Type type)
    {
        if (Direct.TryGetValue(type, out var read))
        {
            il.Emit(OpCodes.Call, typeof(MessagePackReader).GetMethod(read)!);
            return;
        }

        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(MemberValue).GetMethod(nameof(MemberValue.Read))!.MakeGenericMethod(type));
    }

    private static void WriteKey(ObjectLayout layout, ref MessagePackWriter writer, int slot) => writer.WriteString(layout.Names![slot]);
}
