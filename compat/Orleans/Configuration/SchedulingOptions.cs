namespace Orleans.Configuration;

/// <summary>How activations share threads.</summary>
public class SchedulingOptions
{
    /// <summary>Default of <see cref="ActivationSchedulingQuantum"/>.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_SCHEDULING_QUANTUM = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an activation's turns may follow each other before others get the thread.</summary>
    public TimeSpan ActivationSchedulingQuantum { get; set; } = DEFAULT_ACTIVATION_SCHEDULING_QUANTUM;
}
