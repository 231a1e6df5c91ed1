namespace Orleans.Configuration;

/// <summary>A silo's name.</summary>
public class SiloOptions
{
    /// <summary>For people; made up when not set.</summary>
    public string? SiloName { get; set; }
}
