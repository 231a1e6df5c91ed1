namespace Orleans;

/// <summary>Marks attributes by which constructor parameters are filled.</summary>
public interface IFacetMetadata;
