namespace PairUni.Silo;

/// <summary>A worker uses only weights that it has verified, and those are the published ones.</summary>
internal sealed class WeightRules(VersionRules versions, JournalFindings findings)
{
    private readonly HashSet<(string Worker, int Version, string? Digest)> _verified = [];
    private readonly HashSet<(string Worker, int Version)> _anyDigest = [];

    /// <summary>Verifications written, one for each worker and version.</summary>
    public int Verified => _anyDigest.Count;

    public void Take(string worker, int version, string? digest)
    {
        _verified.Add((worker, version, digest));
        _anyDigest.Add((worker, version));
    }

    /// <summary>A worker made something with a version.</summary>
    /// <param name="what">The group.</param>
    /// <param name="published">Whether the version must be the one that is published now; else any that had its number.</param>
    public void Used(string? worker, int version, object what, bool published)
    {
        if (worker is null || !_anyDigest.Contains((worker, version)))
            findings.Add(JournalRule.VerifiedBeforeUse, $"{worker ?? "somebody"} made {what} with version {version}, which it had not verified");
        else if (published && versions.DigestOf(version) is { } digest && !_verified.Contains((worker, version, digest)))
            findings.Add(JournalRule.VerifiedBeforeUse, $"{worker} made {what} with other weights than those of version {version}");
    }
}
