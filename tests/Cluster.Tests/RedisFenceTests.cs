using PairUni.Cli.Chaos;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Silo;
using StackExchange.Redis;

namespace PairUni.Cluster.Tests;

/// <summary>Epochs and the groups of open steps in a real Redis.</summary>
public sealed class RedisFenceTests : IAsyncLifetime
{
    private const string Prefix = "pairuni/test";
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    private RedisFence Fence => new(_redis.GetDatabase(), Prefix, TimeProvider.System);

    private RedisGroupStore Groups => new(_redis.GetDatabase(), Prefix, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.Start();
        var options = ConfigurationOptions.Parse(_server.ConnectionString);
        options.AbortOnConnectFail = false;
        _redis = await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.CloseAsync(allowCommandsToComplete: false);
        _redis.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task OnlyTheNewestLearner_Commits_AndTheNextBeginsThere()
    {
        var first = await Fence.Enter("r", default);
        first.Committed.ShouldBe(-1);
        await Fence.Commit("r", first.Number, 4, default);
        var second = await Fence.Enter("r", default);
        second.ShouldBe(new(first.Number + 1, 4));

        await Should.ThrowAsync<SupersededException>(() => Fence.Commit("r", first.Number, 9, default));
        await Should.ThrowAsync<SupersededException>(() => Fence.Check("r", first.Number, default));
        await Fence.Check("r", second.Number, default);
        (await Fence.Enter("r", default)).Committed.ShouldBe(4);
        (await Fence.Enter("other", default)).Committed.ShouldBe(-1);
    }

    [Fact]
    public async Task LearnersThatEnterAtOnce_GetDifferentEpochs()
    {
        var epochs = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Fence.Enter("r", default)));
        epochs.Select(e => e.Number).Distinct().Count().ShouldBe(32);
    }

    [Fact]
    public async Task Forget_TakesTheCommittedStep_AndLetsEpochsGoOn()
    {
        var old = await Fence.Enter("r", default);
        await Fence.Commit("r", old.Number, 4, default);
        await Fence.Forget("r", default);
        (await Fence.Enter("r", default)).ShouldBe(new(old.Number + 1, -1));
    }

    [Fact]
    public async Task ARedisThatLostEverything_DoesNotGiveEarlierEpochsAgain()
    {
        var old = await Fence.Enter("r", default);
        await _redis.GetDatabase().KeyDeleteAsync($"{Prefix}/run/r/learner");
        (await Fence.Enter("r", default)).Number.ShouldBeGreaterThanOrEqualTo(old.Number);
    }

    [Fact]
    public async Task GroupsOfANewLearner_AreNotTouchedByAnOldOne()
    {
        var old = await Fence.Enter("r", default);
        await Groups.Put(Offer(2), old.Number, default);
        var current = await Fence.Enter("r", default);
        await Groups.Put(Offer(3), current.Number, default);
        await Groups.Put(new GroupSettled { Key = Key(4), Outcome = GroupOutcome.Dropped, Reason = "x" }, current.Number, default);

        await Should.ThrowAsync<SupersededException>(() => Groups.Put(Offer(5), old.Number, default));
        await Should.ThrowAsync<SupersededException>(() => Groups.Keep("r", [], old.Number, default));
        var stored = await Groups.Load("r", default);
        stored.Accepted.Select(o => o.Group.Key.Step).ShouldBe([2, 3]);
        stored.Accepted[0].Group.Samples[0].Tokens.ShouldBe([4, 5]);
        stored.Dropped.Single().Reason.ShouldBe("x");

        await Groups.Keep("r", [Key(3)], current.Number, default);
        stored = await Groups.Load("r", default);
        (stored.Accepted.Single().Group.Key.Step, stored.Dropped.Count).ShouldBe((3, 0));
        (await Groups.Load("other", default)).Accepted.ShouldBeEmpty();
        await Groups.Forget("r", default);
        (await Groups.Load("r", default)).Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatWasPut_IsThereAfterRedisWasKilled_AndPutsMadeMeanwhileArrive()
    {
        var epoch = await Fence.Enter("r", default);
        await Groups.Put(Offer(2), epoch.Number, default);
        await _server.Kill();
        var late = Groups.Put(Offer(3), epoch.Number, default);
        late.IsCompleted.ShouldBeFalse();
        await _server.Restart();
        await late;
        (await Groups.Load("r", default)).Accepted.Select(o => o.Group.Key.Step).ShouldBe([2, 3]);
    }

    private static GroupKey Key(int step) => new("r", step, 0, TaskKind.Generate);

    private static OfferGroup Offer(int step) => new()
    {
        LeaseId = 1,
        Spec = new()
        {
            Prompt = "p",
            Image = default,
            Question = "",
            Answer = "",
            Tag = "",
            Record = "",
            Similarity = 1,
            Aligned = true,
            GroupSize = 1,
            Seeds = [1],
            Temperature = 1,
            CfgWeight = 5,
            MaxNewTokens = 2,
            TeacherForced = false,
        },
        Group = new()
        {
            Key = Key(step),
            Worker = "w/0",
            PolicyDigest = "",
            PolicyVersion = 1,
            Samples = [new() { Tokens = [4, 5], LogpSampler = [0, 0], LogpConditional = [0, 0], Finished = true, Text = "", Image = default }],
        },
        Score = new() { Key = Key(step), Rewards = [1], Parts = [] },
    };
}
