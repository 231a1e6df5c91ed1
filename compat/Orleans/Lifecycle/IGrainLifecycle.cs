namespace Orleans.Runtime;

/// <summary>The life of one activation; stages in <see cref="GrainLifecycleStage"/>.</summary>
public interface IGrainLifecycle : ILifecycleObservable;
