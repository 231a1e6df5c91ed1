using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A call as a filter sees it.</summary>
public interface IGrainCallContext
{
    /// <summary>Method and arguments.</summary>
    IInvokable Request { get; }

    /// <summary>The grain object, or the reference on the caller's side.</summary>
    object Grain { get; }

    /// <summary>The calling grain, if a grain calls.</summary>
    GrainId? SourceId { get; }

    /// <summary>The grain that is called.</summary>
    GrainId TargetId { get; }

    /// <summary>The interface.</summary>
    GrainInterfaceType InterfaceType { get; }

    /// <summary>The interface's name.</summary>
    string InterfaceName { get; }

    /// <summary>The method's name.</summary>
    string MethodName { get; }

    /// <summary>The interface's method.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result, after <see cref="Invoke"/>.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter or the method.</summary>
    Task Invoke();
}
