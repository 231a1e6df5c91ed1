namespace Orleans.Configuration;

/// <summary>Options of storage in memory.</summary>
public class MemoryGrainStorageOptions
{
    /// <summary>Default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <summary>The stage at which it starts; nothing happens then.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;
}
