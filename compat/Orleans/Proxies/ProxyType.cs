using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace Orleans.Proxies;

/// <summary>Emits, once for each grain interface, the class that turns its methods into calls.</summary>
internal static class ProxyType
{
    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainReferenceOrigin, GrainId, GrainReference>>> Known = new();

    public static GrainReference Create(Type interfaceType, GrainReferenceOrigin origin, GrainId grainId) =>
        Known.GetOrAdd(interfaceType, static type => new(() => Emit(type))).Value(origin, grainId);

    private static Func<GrainReferenceOrigin, GrainId, GrainReference> Emit(Type interfaceType)
    {
        if (!interfaceType.IsInterface || interfaceType.ContainsGenericParameters)
        {
            throw new NotSupportedException($"{interfaceType.FullName} cannot be called: it is not a closed interface.");
        }

        var methods = MethodsOf(interfaceType);
        var calls = methods.Select(Describe).ToArray();

        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Orleans.Proxy." + interfaceType.FullName), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule("Proxy");
        IgnoreAccessChecks(assembly, module, interfaceType, methods);
        var type = module.DefineType(
            "Proxy_" + interfaceType.Name, TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class, typeof(GrainReference), [interfaceType]);
        EmitConstructor(type);
        for (var i = 0; i < methods.Length; i++)
        {
            EmitMethod(type, methods[i], calls[i], type.DefineField("Method" + i, calls[i].GetType(), FieldAttributes.Public | FieldAttributes.Static));
        }

        var created = type.CreateType();
        for (var i = 0; i < methods.Length; i++)
        {
            created.GetField("Method" + i)!.SetValue(null, calls[i]);
        }

        return Factory(created);
    }

    /// <summary>The methods of an interface and those that it inherits.</summary>
    public static MethodInfo[] MethodsOf(Type interfaceType) =>
        [.. new[] { interfaceType }.Concat(interfaceType.GetInterfaces())
            .Where(type => type != typeof(IAddressable))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))];

    /// <summary>What the runtime knows of a method; throws for one that no grain can have.</summary>
    public static CallMethod Describe(MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
        {
            throw new NotSupportedException($"{method.DeclaringType!.FullName}.{method.Name} is generic; grain methods here are not.");
        }

        if (method.GetParameters().FirstOrDefault(parameter => parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsByRef) is { } odd)
        {
            throw new NotSupportedException($"{method.DeclaringType!.FullName}.{method.Name} has the by-reference parameter {odd.Name}.");
        }

        var result = ResultTask.ResultOf(method.ReturnType) ?? throw new NotSupportedException(
            $"{method.DeclaringType!.FullName}.{method.Name} returns {method.ReturnType}; grain methods return Task, ValueTask, IAsyncEnumerable or void.");
        var arguments = ArgumentTuple.TypeOf([.. method.GetParameters().Select(parameter => parameter.ParameterType)]);
        return (CallMethod)Activator.CreateInstance(
            typeof(CallMethod<,>).MakeGenericType(arguments, result), BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.Instance, null, [method], null)!;
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var parent = typeof(GrainReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.NonPublic, [typeof(GrainReferenceOrigin), typeof(GrainId)])!;
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(GrainReferenceOrigin), typeof(GrainId)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, parent);
        il.Emit(OpCodes.Ret);
    }

    // return this.CallX(Method, new ValueTuple<...>(arguments))
    private static void EmitMethod(TypeBuilder type, MethodInfo method, CallMethod call, FieldInfo field)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var emitted = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var il = emitted.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, field);
        var generic = call.GetType().GetGenericArguments();
        if (parameters.Length == 0)
        {
            var empty = il.DeclareLocal(typeof(ValueTuple));
            il.Emit(OpCodes.Ldloc, empty);
        }
        else
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                il.Emit(OpCodes.Ldarg, i + 1);
            }

            EmitTuple(il, generic[0]);
        }

        var (name, withResult) = method.ReturnType switch
        {
            var returned when returned == typeof(void) => (nameof(GrainReference.CallVoid), false),
            var returned when returned == typeof(Task) => (nameof(GrainReference.CallPlainTask), false),
            var returned when returned == typeof(ValueTask) => (nameof(GrainReference.CallPlainValueTask), false),
            var returned when returned.GetGenericTypeDefinition() == typeof(Task<>) => (nameof(GrainReference.CallTask), true),
            var returned when returned.GetGenericTypeDefinition() == typeof(ValueTask<>) => (nameof(GrainReference.CallValueTask), true),
            _ => (nameof(GrainReference.CallStream), true),
        };
        var target = typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        Type[] typeArguments = name == nameof(GrainReference.CallStream) ? [generic[0], generic[1].GetGenericArguments()[0]]
            : withResult ? generic
            : [generic[0]];
        il.Emit(OpCodes.Call, target.MakeGenericMethod(typeArguments));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(emitted, method);
    }

    private static void EmitTuple(ILGenerator il, Type tuple)
    {
        var items = tuple.GetGenericArguments();
        if (items.Length == 8)
        {
            EmitTuple(il, items[7]);
        }

        il.Emit(OpCodes.Newobj, tuple.GetConstructor(items)!);
    }

    private static Func<GrainReferenceOrigin, GrainId, GrainReference> Factory(Type proxy)
    {
        var method = new DynamicMethod("New_" + proxy.Name, typeof(GrainReference), [typeof(GrainReferenceOrigin), typeof(GrainId)], typeof(ProxyType).Module, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, proxy.GetConstructors()[0]);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<GrainReferenceOrigin, GrainId, GrainReference>>();
    }

    // The runtime honours an attribute of this name in the calling assembly, so that internal interfaces and messages work.
    private static void IgnoreAccessChecks(AssemblyBuilder assembly, ModuleBuilder module, Type interfaceType, MethodInfo[] methods)
    {
        var attribute = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Class, typeof(Attribute));
        var constructor = attribute.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        var created = attribute.CreateType().GetConstructor([typeof(string)])!;

        var types = methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var names = types.SelectMany(Parts).Append(interfaceType).Append(typeof(GrainReference)).Concat(interfaceType.GetInterfaces())
            .Select(type => type.Assembly.GetName().Name!).Where(name => name != typeof(object).Assembly.GetName().Name).Distinct();
        foreach (var name in names)
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(created, [name]));
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
