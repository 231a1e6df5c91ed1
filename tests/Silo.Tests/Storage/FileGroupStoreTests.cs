using PairUni.Contracts;

namespace PairUni.Silo.Tests;

public sealed class FileGroupStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task WhatWasPut_IsThereForTheNextProcess_InTheOrderOfTheKeys()
    {
        await Store().Put(Offer(2, TaskKind.Understand), 0, default);
        await Store().Put(Offer(2, TaskKind.Generate), 0, default);
        await Store().Put(new GroupSettled { Key = Key(3, TaskKind.Generate), Outcome = GroupOutcome.Dropped, Reason = "x" }, 0, default);
        var stored = await Store().Load("r", default);
        stored.Accepted.Select(o => o.Group.Key.ToString()).ShouldBe(["r/2/0/generate", "r/2/0/understand"]);
        stored.Accepted[0].Group.Samples[0].Tokens.ShouldBe([4, 5]);
        stored.Dropped.Single().Reason.ShouldBe("x");
    }

    [Fact]
    public async Task Keep_ForgetsTheRest()
    {
        await Store().Put(Offer(2, TaskKind.Generate), 0, default);
        await Store().Put(Offer(3, TaskKind.Generate), 0, default);
        await Store().Keep("r", [Key(3, TaskKind.Generate)], 0, default);
        (await Store().Load("r", default)).Accepted.Single().Group.Key.Step.ShouldBe(3);
    }

    [Fact]
    public async Task AFileThatCannotBeRead_IsAsIfItWereNotThere()
    {
        await Store().Put(Offer(2, TaskKind.Generate), 0, default);
        File.WriteAllBytes(Directory.GetFiles(_folder["groups"]).Single(), [0x99, 0x01]);
        (await Store().Load("r", default)).Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnotherRunsGroups_AreNotLoaded()
    {
        await Store().Put(Offer(2, TaskKind.Generate), 0, default);
        (await Store().Load("other", default)).Accepted.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static GroupKey Key(int step, TaskKind task) => new("r", step, 0, task);

    private static OfferGroup Offer(int step, TaskKind task) => new()
    {
        LeaseId = 1,
        Spec = Specs.With(),
        Group = new()
        {
            Key = Key(step, task),
            Worker = "w/0",
            PolicyDigest = "",
            PolicyVersion = 1,
            Samples = [new() { Tokens = [4, 5], LogpSampler = [0, 0], LogpConditional = [0, 0], Finished = true, Text = "", Image = default }],
        },
        Score = new() { Key = Key(step, task), Rewards = [1], Parts = [] },
    };

    private FileGroupStore Store() => new(_folder["groups"]);
}
