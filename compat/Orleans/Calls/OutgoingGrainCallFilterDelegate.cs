namespace Orleans;

/// <summary>A filter as a delegate.</summary>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
