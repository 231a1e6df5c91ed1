using System.Buffers;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Networking;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method with its arguments as one tuple: compiled to be invoked, and to copy the arguments.</summary>
internal sealed class CallMethod<TArguments, TResult> : CallMethod
    where TArguments : struct
{
    public CallMethod(MethodInfo method) : base(method)
    {
        var target = Expression.Parameter(typeof(object), "target");
        var arguments = Expression.Parameter(typeof(TArguments), "arguments");
        var token = Expression.Parameter(typeof(CancellationToken), "token");
        var parameters = method.GetParameters();
        var given = parameters.Select((parameter, i) =>
            parameter.ParameterType == typeof(CancellationToken) ? token : ArgumentTuple.Item(arguments, i)).ToArray();
        var call = Expression.Call(Expression.Convert(target, method.DeclaringType!), method, given);
        Invoke = Expression.Lambda<Func<object, TArguments, CancellationToken, ValueTask<TResult>>>(
            ResultTask.Adapt(call, typeof(TResult)), target, arguments, token).Compile();

        var tokens = parameters.Count(parameter => parameter.ParameterType == typeof(CancellationToken));
        if (tokens > 1)
        {
            throw new NotSupportedException($"{FullName} has {tokens} CancellationToken parameters; a grain method may have one.");
        }

        if (tokens == 1)
        {
            var at = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
            Token = Expression.Lambda<Func<TArguments, CancellationToken>>(ArgumentTuple.Item(arguments, at), arguments).Compile();
        }

        if (parameters.Any(parameter => !IsShared(parameter)))
        {
            var copier = Expression.Parameter(typeof(DeepCopier), "copier");
            var copies = parameters.Select((parameter, i) => IsShared(parameter)
                ? ArgumentTuple.Item(arguments, i)
                : Expression.Call(copier, nameof(DeepCopier.Copy), [parameter.ParameterType], ArgumentTuple.Item(arguments, i))).ToArray();
            Copy = Expression.Lambda<Func<TArguments, DeepCopier, TArguments>>(
                ArgumentTuple.Create(typeof(TArguments), copies), arguments, copier).Compile();
        }

        ArgumentCount = parameters.Length;
        SharesResult = typeof(TResult) == typeof(Nothing) || ImmutableTypes.Contains(typeof(TResult))
            || method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), inherit: false);
    }

    /// <summary>A call of the runtime's own: <paramref name="invoke"/> gets the activation instead of the grain, and nothing is copied.</summary>
    public CallMethod(
        MethodInfo method,
        int part,
        CallTraits traits,
        Func<TArguments, CancellationToken>? token,
        Func<object, TArguments, CancellationToken, ValueTask<TResult>> invoke)
        : base(method, part)
    {
        Traits = traits;
        Token = token;
        Invoke = invoke;
        SharesResult = true;
        OnActivation = true;
    }

    /// <summary>Calls the method of a grain; a token argument is replaced by the given token.</summary>
    public Func<object, TArguments, CancellationToken, ValueTask<TResult>> Invoke { get; }

    /// <summary>Copies the arguments; null when none needs it.</summary>
    public Func<TArguments, DeepCopier, TArguments>? Copy { get; }

    /// <summary>Finds the caller's token; null when the method has none.</summary>
    public Func<TArguments, CancellationToken>? Token { get; }

    public int ArgumentCount { get; }

    /// <summary>The result need not be copied.</summary>
    public bool SharesResult { get; }

    /// <summary>The runtime's own call.</summary>
    public bool OnActivation { get; }

    public override Call Arrive(Connection from, in RequestHeader header, in ReadOnlySequence<byte> body) =>
        new ArrivedCall<TArguments, TResult>(this, from, header, body);

    public override CallMethod? StreamPart(int part) => Streaming?.Invoke(this, part);

    private static readonly Func<CallMethod, int, CallMethod?>? Streaming =
        typeof(TResult).IsGenericType && typeof(TResult).GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            ? typeof(Streams.StreamCalls<,>).MakeGenericType(typeof(TArguments), typeof(TResult).GetGenericArguments()[0])
                .GetMethod("Part")!.CreateDelegate<Func<CallMethod, int, CallMethod?>>()
            : null;

    private static bool IsShared(ParameterInfo parameter) =>
        ImmutableTypes.Contains(parameter.ParameterType) || parameter.IsDefined(typeof(ImmutableAttribute), inherit: false);
}
