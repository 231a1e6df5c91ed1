using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface as the runtime knows it.</summary>
internal abstract class CallMethod
{
    protected CallMethod(MethodInfo method)
    {
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

    public string FullName { get; }

    public CallTraits Traits { get; protected set; }

    /// <summary>The interface's own time limit, or null for the silo's.</summary>
    public TimeSpan? Timeout { get; }

    private static bool Has<T>(MethodInfo method)
        where T : Attribute => method.IsDefined(typeof(T), inherit: true);
}
