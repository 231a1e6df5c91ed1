namespace TorchSharp;

/// <summary>How many disposables this thread has made and released, inside and outside dispose scopes.</summary>
public class LifetimeStatistics
{
    /// <summary>Made while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Disposed while not owned by a scope.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Made within a scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Disposed, directly or by a scope, while owned by that scope.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Taken in by a scope after they were made.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Released from a scope without being disposed.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Made and not yet disposed or collected, as far as this thread knows.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    public void Reset()
    {
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount = 0;
        DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;
    }

    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; "
        + $"Outside scopes (created: {CreatedOutsideScopeCount}, disposed: {DisposedOutsideScopeCount}); "
        + $"In scopes (created: {CreatedInScopeCount}, disposed: {DisposedInScopeCount}, attached: {AttachedToScopeCount}, detached: {DetachedFromScopeCount})";
}
