namespace Orleans.Concurrency;

/// <summary>On an interface method: the caller neither waits nor learns of errors.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
