namespace TorchSharp;

/// <summary>The stack of dispose scopes of a thread; a tensor belongs to the innermost scope of the thread that makes it.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? current;

    /// <summary>The statistics of the calling thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current.statistics;

    internal readonly ThreadDisposeScopeStatistics statistics = new();
    internal readonly LifetimeStatistics tensors;

    /// <summary>The innermost open scope.</summary>
    internal DisposeScope? innermost;

    public DisposeScopeManager() => tensors = statistics.TensorStatistics;

    internal static DisposeScopeManager Current => current ??= new();

    internal DisposeScope Open() => innermost = new DisposeScope(this, innermost);

    /// <summary>Closes a scope and, when it is not the innermost, leaves those within it open.</summary>
    internal void Close(DisposeScope scope)
    {
        if (ReferenceEquals(innermost, scope))
        {
            innermost = scope.Outer;
            return;
        }

        for (var inner = innermost; inner is not null; inner = inner.Outer)
            if (ReferenceEquals(inner.Outer, scope))
                inner.Outer = scope.Outer;
    }
}
