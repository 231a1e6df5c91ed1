using PairUni.Contracts;

namespace PairUni.Contracts.Tests;

/// <summary>One small example of each message.</summary>
internal static class Examples
{
    private static readonly GroupKey Key = new("r", 12, 3, TaskKind.Understand);

    private static readonly GroupSpec Spec = new()
    {
        Prompt = "p",
        Image = new byte[] { 1, 2 },
        Question = "q",
        Answer = "A",
        Tag = "colors",
        Record = "",
        Similarity = 0.5,
        Aligned = false,
        GroupSize = 2,
        Seeds = [1, ulong.MaxValue],
        Temperature = 1,
        CfgWeight = 5,
        MaxNewTokens = 8,
        TeacherForced = true,
    };

    private static readonly GroupSample Sample = new()
    {
        Tokens = [5, 300],
        LogpSampler = [-1, -0.5f],
        LogpConditional = [-2, 0],
        LogpOld = null,
        Finished = true,
        Text = "A",
        Image = new byte[] { 9 },
    };

    private static readonly GeneratedGroup Group = new() { Key = Key, Worker = "w/0", PolicyVersion = 4, Samples = [Sample], PolicyDigest = "d" };

    private static readonly RewardPart Part = new() { Name = "answer", Weight = 1, Values = [1, 0] };

    private static readonly GroupScored Scored = new() { Key = Key, Rewards = [1, 0], Parts = [Part], Failure = null };

    private static readonly WeightChunk Chunk = new() { Hash = "ab", Length = 70000 };

    private static readonly WeightDelta Delta = new() { Chunk = 0, Base = "cd", Hash = "ef", Length = 300 };

    private static readonly WeightManifest Manifest = new()
    {
        Version = 4,
        Chunks = [Chunk],
        Bytes = 70000,
        ModelFingerprint = "f",
        Digest = "d",
        Deltas = [Delta],
        Source = "s",
    };

    private static readonly RewardSpec Reward = new() { Task = TaskKind.Generate, Name = "shapes", Weight = 0.5, Mode = "dense" };

    private static readonly GroupLease Lease = new() { Key = Key, LeaseId = 9, PolicyVersion = 4, Spec = Spec, Duration = TimeSpan.FromSeconds(60) };

    private static readonly WorkerEntry Worker = new() { Worker = "w/0", Leased = 1, Delivered = 7, GroupsPerMinute = 30, PolicyVersion = 4, SetAside = "" };

    private static readonly RunEntry Run = new()
    {
        Name = "r",
        Options = "{}",
        Attempt = 1,
        Wish = RunWish.Pause,
        Phase = RunPhase.Running,
        Error = "",
        Submitted = DateTimeOffset.UnixEpoch,
    };

    private static readonly SiloEntry Silo = new()
    {
        Name = "s",
        Instance = "i",
        Address = "127.0.0.1:11111",
        Roles = ["rollout"],
        Devices = 2,
        Engine = "e",
        Fingerprint = "f",
        Http = "",
        Joined = DateTimeOffset.UnixEpoch,
        Troubles = ["t"],
    };

    public static IReadOnlyList<object> All { get; } =
    [
        Key,
        Spec,
        Sample,
        Group,
        Part,
        Scored,
        new GroupScored { Key = Key, Rewards = [], Parts = [], Failure = "no" },
        new ScoreGroup { Key = Key, Mode = "dense", Spec = Spec, Samples = [Sample] },
        new RewardScored { Name = "answer", Values = [1], Failure = null },
        new ClaimWork { Worker = "w/0", MaxGroups = 2, HeldVersion = -1, Fingerprint = "n" },
        Lease,
        new WorkClaimed { Leases = [Lease], PolicyVersion = 4, PolicyDigest = "d", RunEnded = false, RetryAfter = TimeSpan.FromMilliseconds(20), Refusal = "" },
        new RenewLease { Key = Key, LeaseId = 9, Worker = "w/0", PolicyVersion = 4 },
        new ReleaseLease { Key = Key, LeaseId = 9, Worker = "w/0", Reason = "x", Failed = true, Untried = false },
        new WorkerLeft { Worker = "w/0", Reason = "drained" },
        new OfferGroup { LeaseId = 9, Spec = Spec, Group = Group, Score = Scored },
        new GroupSettled { Key = Key, Outcome = GroupOutcome.Dropped, Reason = "x" },
        Chunk,
        Delta,
        Manifest,
        new ClaimPieces { Version = 4, Digest = "d", Holder = "h", Held = new byte[] { 1 }, Wanted = new byte[] { 2 }, MaxPieces = 8, Failed = ["x"] },
        new PieceGrant(1, "s"),
        new PiecesClaimed { Known = true, Grants = [new(1, "s")] },
        new PolicyPublished { Version = 4, Manifest = Manifest },
        new StepTrained { Step = 12, Version = 12, Metrics = new() { ["reward/mean"] = 0.5 } },
        new LearnerAt { Version = 4, Digest = "d", Held = [Key], Dropped = [], Ended = false, Loaded = true, Epoch = 2 },
        new RunFailed { Reason = "x", UserError = true },
        Reward,
        new RunSpec
        {
            Run = "r",
            MaxSteps = 60,
            PairsPerStep = 12,
            MaxLag = 0,
            LeaseDuration = TimeSpan.FromSeconds(60),
            CheckpointEvery = 20,
            GroupsPerClaim = 1,
            Rewards = [Reward],
            StallLimit = TimeSpan.FromMinutes(10),
            Attempt = 1,
            GroupLimit = TimeSpan.FromMinutes(10),
        },
        new RunStatus
        {
            Phase = RunPhase.Running, Version = 4, MaxSteps = 60, Open = 3, Leased = 2, Settled = 19, Workers = ["w/0"], Error = "", UserError = false,
            WorkerEntries = [Worker], Paused = false, Warning = "",
        },
        new LearnerStatus { Ready = true, Version = 4, Training = 5, Held = 19, Error = "", Warning = "w" },
        new WorkerStatus { Worker = "w/0", Run = "r", PolicyVersion = 4, Delivered = 7, Error = "" },
        Worker,
        new JournalEntry { Kind = JournalKind.Offered, Run = "r", Key = Key, Worker = "w/0", Version = 4, Lease = 9, Digest = "d", Epoch = 2, Reason = "accepted" },
        new SubmitRun { Name = "r", Options = "{}", Mode = SubmitMode.Resume, Protocol = 1 },
        new RequestAnswer { Refusal = "x" },
        new RunChange { Lr = 0.5, PairWeight = "x" },
        Run,
        Silo,
        new JoinSilo { Silo = Silo, Protocol = 1 },
        new SiloJoined { Refusal = "", Retry = false, Now = DateTimeOffset.UnixEpoch },
        new RunRegister { Version = 3, Runs = [Run], Silos = [Silo], Drained = ["s/0"] },
    ];
}
