using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that flow from a caller to what it calls, and on, but not back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestValues?> Flow = new();

    /// <summary>Names a chain of calls whose members may re-enter a grain that allowed it.</summary>
    public static Guid ReentrancyId
    {
        get => Flow.Value?.ReentrancyId ?? Guid.Empty;
        set => Flow.Value = RequestValues.Of((Flow.Value ?? RequestValues.None).Values, value);
    }

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => (Flow.Value ?? RequestValues.None).Values.Keys;

    /// <summary>The values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => (Flow.Value ?? RequestValues.None).Values;

    internal static RequestValues? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>Until disposed, calls that come back along this chain may enter this grain although it is busy.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        var id = original == Guid.Empty ? Guid.NewGuid() : original;
        var section = new ReentrancySection(original, id);
        (RuntimeContext.Current as Activations.Activation)?.EnterReentrantSection(id);
        ReentrancyId = id;
        return section;
    }

    /// <summary>Until disposed, calls made here start a chain of their own.</summary>
    public static ReentrancySection SuppressCallChainReentrancy()
    {
        var original = ReentrancyId;
        ReentrancyId = Guid.Empty;
        return new ReentrancySection(original, Guid.Empty);
    }

    /// <summary>A value, or null.</summary>
    public static object? Get(string key) => Flow.Value?.Values.GetValueOrDefault(key);

    /// <summary>Sets a value for calls made from here on.</summary>
    public static void Set(string key, object value)
    {
        var now = Flow.Value ?? RequestValues.None;
        Flow.Value = RequestValues.Of(now.Values.SetItem(key, value), now.ReentrancyId);
    }

    /// <summary>Removes a value; false when there was none.</summary>
    public static bool Remove(string key)
    {
        if (Flow.Value is not { } now || !now.Values.ContainsKey(key))
        {
            return false;
        }

        Flow.Value = RequestValues.Of(now.Values.Remove(key), now.ReentrancyId);
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear() => Flow.Value = null;

    internal sealed record RequestValues(ImmutableDictionary<string, object> Values, Guid ReentrancyId)
    {
        public static readonly RequestValues None = new(ImmutableDictionary<string, object>.Empty, Guid.Empty);

        public static RequestValues? Of(ImmutableDictionary<string, object> values, Guid id) =>
            values.IsEmpty && id == Guid.Empty ? null : new RequestValues(values, id);
    }

    /// <summary>Restores on disposal what held before.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _new;

        /// <summary>A section.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _new = newReentrancyId;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_new != Guid.Empty)
            {
                (RuntimeContext.Current as Activations.Activation)?.LeaveReentrantSection(_new);
            }

            ReentrancyId = _original;
        }
    }
}
