using Orleans.Configuration;

namespace Orleans.Membership;

/// <summary>A silo's row after one more suspicion.</summary>
internal sealed record DeathVote(SiloRow Row, int Votes, int Needed, bool IsDead)
{
    /// <summary>Counts a suspicion beside those that have not expired; half of the silos are enough, and one that is certain.</summary>
    /// <param name="voter">Who suspects.</param>
    /// <param name="suspect">The row of the silo that is suspected.</param>
    /// <param name="table">The table, for its time.</param>
    /// <param name="active">How many active silos are heard of.</param>
    /// <param name="certain">Whether it is known to be gone.</param>
    /// <param name="options">Votes needed, and how long one counts.</param>
    public static DeathVote Cast(string voter, SiloRow suspect, SiloTable table, int active, bool certain, ClusterMembershipOptions options)
    {
        var votes = suspect.Suspects
            .Where(one => one.Silo != voter && table.Time - one.Time < options.DeathVoteExpirationTimeout.TotalMilliseconds)
            .Append(new Suspicion(voter, table.Time))
            .ToArray();
        var needed = Math.Max(1, Math.Min(options.NumVotesForDeathDeclaration, (active + 1) / 2));
        var dead = certain || votes.Length >= needed;
        var row = suspect with { Suspects = votes };
        return new DeathVote(dead ? row.Buried() : row, votes.Length, needed, dead);
    }
}
