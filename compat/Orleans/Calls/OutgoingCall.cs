using System.Reflection;
using Orleans.Serialization.Invocation;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A call as the outgoing filters see it, in order, before it is sent.</summary>
internal sealed class OutgoingCall<TArguments, TResult>(SiloRuntime silo, Call<TArguments, TResult> call, CallMethod<TArguments, TResult> method)
    : IOutgoingGrainCallContext
    where TArguments : struct
{
    private int _next;

    public IInvokable Request => call;

    public object Grain => call.Target;

    public GrainId? SourceId => call.Source;

    public GrainId TargetId => call.TargetId;

    public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

    public string InterfaceName => method.Interface.FullName!;

    public string MethodName => method.Method.Name;

    public MethodInfo InterfaceMethod => method.Method;

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    public object? Result { get; set; }

    public async Task<TResult> Run()
    {
        await Invoke();
        return Result is TResult result ? result : default!;
    }

    public async Task Invoke()
    {
        var at = _next++;
        if (at < silo.OutgoingFilters.Length)
        {
            await silo.OutgoingFilters[at].Invoke(this);
            return;
        }

        // What a filter put into the request context travels too.
        call.Values = RequestContext.Current;
        Result = await silo.Launch(call);
    }
}
