using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// Rows of silos that never left do not vanish: then it is the table that lost something, and they will write them again. Until then,
/// and at most for a while, they count as they did. One reader at a time.
/// </summary>
internal sealed class LostRows(ClusterMembershipOptions options, TimeProvider time)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);
    private readonly Dictionary<SiloAddress, long> _lost = [];

    /// <summary>The table as it was read, with the rows that are known and that it has lost.</summary>
    public SiloTable Keep(SiloTable known, SiloTable read, SiloAddress local)
    {
        var missing = known.Rows.Values.Where(row => row.Status != SiloStatus.Dead && !read.Rows.ContainsKey(row.Address)
            && !read.Rows.Keys.Any(other => other.Endpoint.Equals(row.Address.Endpoint))).ToArray();
        foreach (var back in _lost.Keys.Except(missing.Select(row => row.Address)).ToArray())
        {
            _lost.Remove(back);
        }

        var kept = missing.Where(row =>
        {
            _lost.TryAdd(row.Address, time.GetTimestamp());
            return time.GetElapsedTime(_lost[row.Address]) < (options.TableRefreshTimeout * 2) + Slack;
        }).ToArray();
        if (kept.Length == 0)
        {
            return read;
        }

        var rows = new Dictionary<SiloAddress, SiloRow>(read.Rows);
        foreach (var row in kept)
        {
            rows.Add(row.Address, row);
        }

        return read with { Rows = rows, HasOwn = read.Rows.ContainsKey(local) };
    }
}
