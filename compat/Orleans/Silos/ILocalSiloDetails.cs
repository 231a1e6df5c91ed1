namespace Orleans.Runtime;

/// <summary>The silo that this process (or this part of it) is.</summary>
public interface ILocalSiloDetails
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Its cluster.</summary>
    string ClusterId { get; }

    /// <summary>Its address.</summary>
    SiloAddress SiloAddress { get; }
}
