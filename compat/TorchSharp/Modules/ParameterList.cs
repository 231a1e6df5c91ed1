using System.Collections;

namespace TorchSharp.Modules;

/// <summary>Parameters by position; each is registered under its number.</summary>
public class ParameterList : torch.nn.Module, IList<Parameter>
{
    public ParameterList(params Parameter[] parameters)
        : base(nameof(ParameterList)) => extend(parameters);

    public int Count => _internal_params.Count;

    public bool IsReadOnly => false;

    public Parameter this[int index]
    {
        get => _internal_params[index].Item2;
        set => _internal_params[index] = (Name(index), value);
    }

    /// <summary>Nothing to do: members are registered as they come.</summary>
    protected override void RegisterComponents()
    {
    }

    public void Add(Parameter item) => register_parameter(Name(Count), item);

    public void extend(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            Add(parameter);
    }

    public void append(params Parameter[] parameters) => extend(parameters);

    public void Clear() => _internal_params.Clear();

    public bool Contains(Parameter item) => IndexOf(item) >= 0;

    public void CopyTo(Parameter[] array, int arrayIndex) => _internal_params.Values.CopyTo(array, arrayIndex);

    public IEnumerator<Parameter> GetEnumerator() => _internal_params.Values.GetEnumerator();

    public int IndexOf(Parameter item) => _internal_params.Values.ToList().FindIndex(found => ReferenceEquals(found, item));

    public void Insert(int index, Parameter item)
    {
        var all = _internal_params.Values.ToList();
        all.Insert(index, item);
        Replace(all);
    }

    public bool Remove(Parameter item)
    {
        var index = IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    public void RemoveAt(int index)
    {
        var all = _internal_params.Values.ToList();
        all.RemoveAt(index);
        Replace(all);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Name(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Replace(List<Parameter> all)
    {
        Clear();
        extend(all);
    }
}
