namespace PairUni.Modeling.Files;

/// <summary>What the calls and references in a weights pickle stand for.</summary>
internal static class PickledValues
{
    private const int MaxDimensions = 16;

    /// <summary>The storage that a persistent id names: ("storage", class, key, device, elements).</summary>
    public static PickledStorage Storage(object? id, Func<string, ModelFileException> bad) =>
        id is object?[] and ["storage", PickleGlobal { StorageType: { } dtype }, string key, string, long elements] && elements >= 0
            ? new PickledStorage(key, dtype, elements)
            : throw bad("refers to something other than a storage");

    /// <summary>The value that one of the allowed calls makes.</summary>
    public static object? Call(object? target, object? arguments, Func<string, ModelFileException> bad)
    {
        if (target is not PickleGlobal global || arguments is not object?[] values)
            throw bad("calls something that is not a name with arguments");
        if (global == PickleGlobal.OrderedDict)
            return values.Length == 0 ? new Dictionary<string, object?>() : Ordered(values, bad);
        if (global == PickleGlobal.RebuildParameter && values is [PickledTensor tensor, ..])
            return tensor;
        if (global == PickleGlobal.Size && values is [object?[] sizes])
            return sizes;
        if (global == PickleGlobal.RebuildTensor && values is [PickledStorage storage, long offset, object?[] shape, object?[] strides, ..])
            return Tensor(storage, offset, shape, strides, bad);
        throw bad($"calls {global} with arguments that do not fit");
    }

    // A list of (key, value) pairs, as early protocols write it.
    private static Dictionary<string, object?> Ordered(object?[] values, Func<string, ModelFileException> bad)
    {
        var result = new Dictionary<string, object?>();
        foreach (object? pair in values is [List<object?> pairs] ? pairs : throw bad("makes a dictionary of something other than pairs"))
        {
            (string key, object? value) = pair switch
            {
                List<object?> and [string text, var item] => (text, item),
                object?[] and [string text, var item] => (text, item),
                _ => throw bad("makes a dictionary of something other than pairs"),
            };
            result[key] = value;
        }
        return result;
    }

    private static PickledTensor Tensor(PickledStorage storage, long offset, object?[] shape, object?[] strides, Func<string, ModelFileException> bad)
    {
        if (shape.Length != strides.Length || shape.Length > MaxDimensions || !shape.Concat(strides).All(value => value is long and >= 0))
            throw bad("describes a tensor with impossible sizes");
        (long[] sizes, long[] steps) = ([.. shape.Cast<long>()], [.. strides.Cast<long>()]);
        (Int128 elements, Int128 last) = (1, offset);
        foreach ((long size, long step) in sizes.Zip(steps))
        {
            elements *= size;
            last += (Int128)Math.Max(0, size - 1) * step;
            if (elements > long.MaxValue || last > long.MaxValue)
                throw bad("describes a tensor with impossible sizes");
        }
        bool fits = offset >= 0 && (elements == 0 ? offset <= storage.Elements : last < storage.Elements);
        return fits ? new PickledTensor(storage, offset, sizes, steps) : throw bad($"places a tensor outside its storage of {storage.Elements} elements");
    }
}
