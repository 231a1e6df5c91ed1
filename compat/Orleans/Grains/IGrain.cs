namespace Orleans;

/// <summary>Any grain interface.</summary>
public interface IGrain : Runtime.IAddressable;
