using System.Net;

namespace PairUni.Silo;

/// <summary>Where a silo listens for other silos and for clients.</summary>
public sealed record SiloAddresses(IPAddress Address, int Silo, int Gateway);
