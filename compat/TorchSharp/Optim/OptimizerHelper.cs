using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: states by parameter, and saving them.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
#pragma warning disable CA1051, SA1401 // Fields as in the package that this assembly stands in for.
    protected OptimizerOptions _defaults = new();
    protected OrderedDict<nint, OptimizerState> _state = new();
#pragma warning restore CA1051, SA1401

    public OptimizerHelper()
        : base(0)
    {
    }

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    /// <summary>Writes the optimiser's kind, its groups' options and the states of its parameters, in order.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt(_parameter_groups.Count);
        writer.Write7BitEncodedInt(_state.Count);
        foreach (var group in _parameter_groups)
            group.Options.SaveStateDict(writer);
        foreach (var state in _state.Values)
            state.SaveStateDict(writer);
    }

    /// <summary>Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote for the same parameters in the same order.</summary>
    /// <exception cref="InvalidDataException">It was another kind of optimiser, or one of other parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var kind = reader.ReadString();
        if (kind != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
        var groups = reader.Read7BitEncodedInt();
        if (groups != _parameter_groups.Count)
            throw new InvalidDataException($"Mismatched number of parameter groups: expected {_parameter_groups.Count}, but found {groups} in the loaded stream.");
        var states = reader.Read7BitEncodedInt();
        if (states != _state.Count)
            throw new InvalidDataException($"Mismatched number of parameters: expected {_state.Count}, but found {states} in the loaded stream.");
        foreach (var group in _parameter_groups)
            group.Options.LoadStateDict(reader);
        foreach (var state in _state.Values)
            state.LoadStateDict(reader);
    }

    /// <summary>Copies options and states from the dictionary of an optimiser of the same parameters.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        if (state_dict.Options.Count != _parameter_groups.Count)
            throw new ArgumentException($"loaded state dict has {state_dict.Options.Count} parameter groups, the optimizer {_parameter_groups.Count}.");
        for (var i = 0; i < _parameter_groups.Count; i++)
        {
            var parameters = _parameter_groups[i].Parameters.ToList();
            if (state_dict.StateIndexRef[i].Count != parameters.Count)
                throw new ArgumentException("loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
            _parameter_groups[i].Options.LoadStateDict(state_dict.Options[i]);
            for (var j = 0; j < parameters.Count; j++)
                _state[parameters[j].Handle].LoadStateDict(state_dict.State[state_dict.StateIndexRef[i][j]]);
        }
    }

    /// <summary>The options and states themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var places = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }

            dictionary.StateIndexRef.Add(places);
        }

        return dictionary;
    }

    public void to(torch.Device device)
    {
        foreach (var state in _state.Values)
            state.to(device);
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    /// <summary>Runs the closure with gradients on, then the body for every group with gradients off.</summary>
    protected torch.Tensor _step<T>(Action<T> body, Func<torch.Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        torch.Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var enabled = torch.enable_grad();
            loss = loss_closure();
        }

        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in _parameter_groups)
            body((T)group);
        return loss!;
    }

    /// <summary>Disposes the states of the parameters.</summary>
    internal void Release(bool disposing)
    {
        if (!disposing)
            return;
        foreach (var state in _state.Values)
            (state as IDisposable)?.Dispose();
        _state.Clear();
    }

    /// <summary>Registers a group, with a fresh state for each of its parameters.</summary>
    internal void Register(ParamGroup group, Func<Parameter, OptimizerState> state)
    {
        group.Parameters = [.. group.Parameters];
        group.Options.LearningRate ??= _defaults.LearningRate;
        group.Options.InitialLearningRate = group.Options.LearningRate!.Value;
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            if (_state.ContainsKey(parameter.Handle))
                throw new ArgumentException("A parameter appears in more than one parameter group, or twice in one.");
            var fresh = state(parameter);
            _state[parameter.Handle] = fresh;
            fresh.Initialize(group.Options);
        }
    }
}
