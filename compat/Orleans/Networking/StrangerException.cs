using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>At a silo's endpoint there is another one now: the one that was looked for has gone.</summary>
internal sealed class StrangerException(SiloAddress expected, SiloAddress found) : Exception($"{found} has taken the place of {expected}")
{
    public SiloAddress Expected => expected;

    public SiloAddress Found => found;
}
