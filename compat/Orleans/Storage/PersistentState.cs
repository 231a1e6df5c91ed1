using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain's state and the storage it goes to.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>
{
    private readonly string _name;
    private readonly IGrainContext _context;
    private readonly IGrainStorage _storage;
    private readonly GrainState<TState> _state = new(New());

    public PersistentState(string name, IGrainContext context, IGrainStorage storage)
    {
        _name = name;
        _context = context;
        _storage = storage;
        context.ObservableLifecycle.Subscribe(name, GrainLifecycleStage.SetupState, ReadStateAsync, null);
    }

    public TState State
    {
        get => _state.State;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public async Task ReadStateAsync()
    {
        await _storage.ReadStateAsync(_name, _context.GrainId, _state);
        _state.State ??= New();
    }

    public Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();

    public Task WriteStateAsync() => _storage.WriteStateAsync(_name, _context.GrainId, _state);

    public async Task ClearStateAsync()
    {
        await _storage.ClearStateAsync(_name, _context.GrainId, _state);
        _state.State = New();
    }

    private static TState New()
    {
        var type = typeof(TState);
        return type.IsValueType || type == typeof(string) || type.IsArray || type.IsAbstract ? default!
            : type.GetConstructor(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, []) is { } constructor
            ? (TState)constructor.Invoke([])
            : (TState)RuntimeHelpers.GetUninitializedObject(type);
    }
}
