using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Activations;

/// <summary>A call as the incoming filters see it: the silo's in order, then the grain's own, then the method.</summary>
internal sealed class FilteredCall<TArguments, TResult>(
    Call call, CallMethod<TArguments, TResult> method, TArguments arguments, Activation activation) : IIncomingGrainCallContext
    where TArguments : struct
{
    private int _next;
    private CancellationToken _token;

    public IInvokable Request => call;

    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => call.Source;

    public GrainId TargetId => call.TargetId;

    public GrainInterfaceType InterfaceType => call.Target.InterfaceType;

    public string InterfaceName => method.Interface.FullName!;

    public string MethodName => method.Method.Name;

    public MethodInfo InterfaceMethod => method.Method;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = activation.GrainInstance!.GetType().GetInterfaceMap(method.Interface);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method.Method)];
        }
    }

    public object? Result { get; set; }

    public async ValueTask<TResult> Run(CancellationToken token)
    {
        _token = token;
        await Invoke();
        return Result is TResult result ? result : default!;
    }

    public async Task Invoke()
    {
        var filters = activation.Silo.IncomingFilters;
        var at = _next++;
        if (at < filters.Length)
        {
            await filters[at].Invoke(this);
        }
        else if (at == filters.Length && activation.GrainInstance is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
        }
        else
        {
            Result = await method.Invoke(activation.GrainInstance!, arguments, _token);
        }
    }
}
