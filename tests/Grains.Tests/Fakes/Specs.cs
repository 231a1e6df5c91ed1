using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal static class Specs
{
    public static RunSpec Run(int maxSteps = 3, int pairs = 2, int maxLag = 0, int groupsPerClaim = 1, double leaseSeconds = 60, int checkpointEvery = 0) => new()
    {
        Run = "r",
        MaxSteps = maxSteps,
        PairsPerStep = pairs,
        MaxLag = maxLag,
        LeaseDuration = TimeSpan.FromSeconds(leaseSeconds),
        CheckpointEvery = checkpointEvery,
        GroupsPerClaim = groupsPerClaim,
        Rewards =
        [
            new() { Task = TaskKind.Generate, Name = "fake", Weight = 2, Mode = "" },
            new() { Task = TaskKind.Understand, Name = "fake", Weight = 1, Mode = "" },
        ],
        StallLimit = TimeSpan.FromMinutes(10),
        GroupLimit = TimeSpan.FromSeconds(10 * leaseSeconds),
    };

    public static GroupSpec Group(int step, int pair, TaskKind task) => new()
    {
        Prompt = task == TaskKind.Generate ? $"prompt {step}/{pair}" : "",
        Image = task == TaskKind.Generate ? default : new byte[] { 1, 2, 3 },
        Question = task == TaskKind.Generate ? "" : $"question {step}/{pair}",
        Answer = "A",
        Tag = "",
        Record = "",
        Similarity = 1,
        Aligned = true,
        GroupSize = 2,
        Seeds = [(ulong)((step * 100) + pair), (ulong)((step * 100) + pair + 50)],
        Temperature = 1,
        CfgWeight = 5,
        MaxNewTokens = 4,
        TeacherForced = false,
    };

    public static GroupKey Key(int step, int pair, TaskKind task) => new("r", step, pair, task);

    public static GeneratedGroup Generated(GroupKey key, int version, string worker = "w/0", string digest = "") => new()
    {
        Key = key,
        Worker = worker,
        PolicyVersion = version,
        PolicyDigest = digest,
        Samples = [Sample(1), Sample(2)],
    };

    public static GroupSample Sample(int token) => new()
    {
        Tokens = [token, token + 1],
        LogpSampler = [-1, -2],
        LogpConditional = [-1, -2],
        Finished = true,
        Text = "A",
        Image = default,
    };

    public static OfferGroup Offer(GroupKey key, int version, string? failure = null, string digest = "") => new()
    {
        LeaseId = 1,
        Spec = Group(key.Step, key.Pair, key.Task),
        Group = Generated(key, version, digest: digest),
        Score = new() { Key = key, Rewards = failure is null ? [0, 1] : [], Parts = [], Failure = failure },
    };

    public static LearnerAt At(int version, bool loaded = false, bool ended = false, GroupKey[]? held = null) => new()
    {
        Version = version,
        Digest = $"d{version}",
        Epoch = 0,
        Held = held ?? [],
        Dropped = [],
        Ended = ended,
        Loaded = loaded,
    };
}
