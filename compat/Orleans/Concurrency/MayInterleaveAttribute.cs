namespace Orleans.Concurrency;

/// <summary>On a class: names its static method <c>bool M(IInvokable)</c> that decides whether a call may interleave.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}
