using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Typed access to <see cref="ITargetHolder"/>.</summary>
public static class TargetHolderExtensions
{
    /// <summary>A component attached to the target, or null.</summary>
    public static TComponent? GetComponent<TComponent>(this ITargetHolder targetHolder)
        where TComponent : class => targetHolder.GetComponent(typeof(TComponent)) as TComponent;
}
