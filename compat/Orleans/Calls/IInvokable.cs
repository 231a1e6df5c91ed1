using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as filters and interleaving rules see it.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>The grain object, once there is one.</summary>
    object? GetTarget();

    /// <summary>How many arguments there are.</summary>
    int GetArgumentCount();

    /// <summary>One argument.</summary>
    object? GetArgument(int index);

    /// <summary>The interface method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's name.</summary>
    string GetInterfaceName();

    /// <summary>The interface method.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>The method's own time limit, or null.</summary>
    TimeSpan? GetDefaultResponseTimeout();
}
