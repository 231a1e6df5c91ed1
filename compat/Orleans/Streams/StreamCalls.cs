using System.Runtime.CompilerServices;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The calls behind one streaming method: start with the first batch, next batch, stop.</summary>
internal sealed class StreamCalls<TArguments, TItem>
    where TArguments : struct
{
    private static readonly ConditionalWeakTable<CallMethod, StreamCalls<TArguments, TItem>> Known = [];

    private StreamCalls(CallMethod<TArguments, IAsyncEnumerable<TItem>> method)
    {
        Start = new(method.Method, CallMethods.StreamStart, CallTraits.AlwaysInterleave, arguments => arguments.Item4, async (target, arguments, token) =>
        {
            var activation = (Activation)target;
            var stream = StreamTable.Of(activation).Open<TItem>(
                arguments.Item1, cancel => method.Invoke(activation.GrainInstance!, arguments.Item3, cancel).GetAwaiter().GetResult());
            return await stream.Pull(arguments.Item2, token);
        });
        Next = new(method.Method, CallMethods.StreamNext, CallTraits.AlwaysInterleave, arguments => arguments.Item3, (target, arguments, token) =>
            StreamTable.Of((Activation)target).Find<TItem>(arguments.Item1).Pull(arguments.Item2, token));
        Stop = new(method.Method, CallMethods.StreamStop, CallTraits.AlwaysInterleave | CallTraits.OneWay, null, async (target, arguments, _) =>
        {
            await StreamTable.Of((Activation)target).Stop(arguments.Item1);
            return default;
        });
    }

    public CallMethod<(Guid Id, int Size, TArguments Arguments, CancellationToken Token), StreamBatch<TItem>> Start { get; }

    public CallMethod<(Guid Id, int Size, CancellationToken Token), StreamBatch<TItem>> Next { get; }

    public CallMethod<ValueTuple<Guid>, Nothing> Stop { get; }

    /// <summary>One of the three by its number in <see cref="CallMethods"/>.</summary>
    public static CallMethod? Part(CallMethod method, int part)
    {
        var calls = Of((CallMethod<TArguments, IAsyncEnumerable<TItem>>)method);
        return part switch
        {
            CallMethods.StreamStart => calls.Start,
            CallMethods.StreamNext => calls.Next,
            CallMethods.StreamStop => calls.Stop,
            _ => null,
        };
    }

    public static StreamCalls<TArguments, TItem> Of(CallMethod<TArguments, IAsyncEnumerable<TItem>> method) =>
        Known.GetValue(method, static one => new((CallMethod<TArguments, IAsyncEnumerable<TItem>>)one));
}
