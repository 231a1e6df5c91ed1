namespace Orleans.Serialization.Invocation;

/// <summary>Holds the object that calls go to.</summary>
public interface ITargetHolder
{
    /// <summary>That object.</summary>
    object? GetTarget();

    /// <summary>A component attached to it, or null.</summary>
    object? GetComponent(Type componentType);
}
