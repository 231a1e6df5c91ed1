namespace Orleans.Concurrency;

/// <summary>On an interface method: it may run between the turns of any other call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
