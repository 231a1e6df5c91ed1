using System.Buffers;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Networking;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface as the runtime knows it.</summary>
internal abstract class CallMethod
{
    protected CallMethod(MethodInfo method, int part = CallMethods.Plain)
    {
        Key = CallMethods.KeyOf(method, part);
        Method = method;
        Interface = method.DeclaringType!;
        Traits = (Has<AlwaysInterleaveAttribute>(method) ? CallTraits.AlwaysInterleave : 0)
            | (Has<ReadOnlyAttribute>(method) ? CallTraits.ReadOnly : 0)
            | (Has<OneWayAttribute>(method) || method.ReturnType == typeof(void) ? CallTraits.OneWay : 0);
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>(inherit: true)?.Timeout;
        FullName = $"{Interface.FullName}.{method.Name}";
    }

    public MethodInfo Method { get; }

    public Type Interface { get; }

    /// <summary>Names the method between processes.</summary>
    public ulong Key { get; }

    public string FullName { get; }

    public CallTraits Traits { get; protected set; }

    /// <summary>The interface's own time limit, or null for the silo's.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>A call of it that came over a connection.</summary>
    public abstract Call Arrive(Connection from, in RequestHeader header, in ReadOnlySequence<byte> body);

    /// <summary>One of the calls behind a method that streams; null when it does not.</summary>
    public abstract CallMethod? StreamPart(int part);

    private static bool Has<T>(MethodInfo method)
        where T : Attribute => method.IsDefined(typeof(T), inherit: true);
}
