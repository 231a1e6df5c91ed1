using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Grains.Tests;

public class RunTests
{
    [Fact]
    public async Task ARun_TrainsEveryGroupOfEveryStepOnce_InTheOrderOfTheKeys_AndSavesAtTheEnd()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 4, pairs: 3));
        await run.Finish();
        run.Trainer.Steps.Select(s => s.Step).ShouldBe([1, 2, 3, 4]);
        foreach (var step in run.Trainer.Steps)
            step.Groups.Select(g => g.Group.Key).ShouldBe(OpenSteps.Keys(run.Spec, step.Step, step.Step));
        run.World.Disk.Version.ShouldBe(4);
        run.Observer.Steps.Select(s => s.Version).ShouldBe([1, 2, 3, 4]);
        run.Observer.Steps[0].Metrics.Keys.ShouldContain("time/wait_for_batch");
    }

    [Fact]
    public async Task ARun_LearnsTheSame_WhoeverMadeTheGroups()
    {
        var models = new List<string>();
        foreach (var workers in new[] { 1, 2, 5 })
        {
            await using var run = await TestRun.Create(Specs.Run(maxSteps: 3, pairs: 3));
            await run.Finish(workers);
            models.Add(run.Trainer.Model);
        }

        models.Distinct().Count().ShouldBe(1);
        models[0].Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Rewards_AreWeightedAndSummed()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 1, pairs: 1));
        await run.Finish(1);
        var generated = run.Trainer.Steps[0].Groups[0].Score;
        generated.Parts.Single().Weight.ShouldBe(2);
        generated.Rewards.ShouldBe(generated.Parts.Single().Values.Select(v => 2 * v));
    }

    [Fact]
    public async Task ARewardThatThrows_DropsItsGroup_WithTheReason_AndTheStepTrainsTheOthers()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 2, pairs: 2));
        var broken = Specs.Key(1, 1, TaskKind.Understand);
        run.Reward.Fault = r => r.Key == broken ? "the judge fell over" : null;
        await run.Finish();
        run.Trainer.Steps[0].Groups.Select(g => g.Group.Key.ToString()).ShouldBe(["r/1/0/generate", "r/1/0/understand", "r/1/1/generate"]);
        run.Trainer.Steps[1].Groups.Count.ShouldBe(4);
        var drop = run.World.Journal.Of(JournalKind.Dropped).Single();
        (drop.Key, drop.Reason).ShouldBe((broken, "reward 'fake' failed: the judge fell over"));
    }

    [Fact]
    public async Task AStepWhoseGroupsAreAllDropped_IsSkipped()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 3, pairs: 1));
        run.Reward.Fault = r => r.Key.Step == 2 ? "no" : null;
        await run.Finish();
        run.Trainer.Steps.Select(s => s.Groups.Count).ShouldBe([2, 0, 2]);
    }

    [Fact]
    public async Task ThreeStepsWithoutAnyGroup_EndTheRun_WithTheReason()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 9, pairs: 1));
        run.Reward.Fault = _ => "no judge here";
        await run.Start();
        var (phase, error) = await run.Observer.End;
        phase.ShouldBe(RunPhase.Failed);
        error.ShouldBe("No group of the last 3 steps could be trained; the last reason: reward 'fake' failed: no judge here.");
    }

    [Fact]
    public async Task AGroupThatNoWorkerCanMake_IsDropped_AfterItsAttempts()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 1, pairs: 2));
        var poison = Specs.Key(1, 0, TaskKind.Generate);
        for (var i = 0; i < 2; i++)
            run.Engine(i).BeforeGenerate = (l, _) => l.Key == poison ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await run.Finish();
        run.Trainer.Steps[0].Groups.Count.ShouldBe(3);
        run.World.Journal.Of(JournalKind.Dropped).Single().Reason!.ShouldEndWith("last: poison");
    }

    [Fact]
    public async Task AWorkerWhoseEngineIsBroken_CostsNoGroups_WhileAnotherWorks()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 3, pairs: 2));
        run.Engine(0).BeforeGenerate = (_, _) => throw new InvalidOperationException("broken device");
        await run.Finish();
        run.World.Journal.Of(JournalKind.Dropped).ShouldBeEmpty();
        run.Trainer.Steps.SelectMany(s => s.Groups).ShouldAllBe(g => g.Group.Worker == "local/1");
    }

    [Fact]
    public async Task WorkersThatCannotVerifyTheirWeights_NeverGenerate_AndTheRunEndsSayingWhy()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 1, pairs: 1));
        for (var i = 0; i < 2; i++) run.Engine(i).BeforeLoad = _ => throw new WeightsRejectedException("chunk abc does not have its hash");
        await run.Start();
        var (phase, error) = await run.Observer.End;
        phase.ShouldBe(RunPhase.Failed);
        error.ShouldEndWith("the last because: chunk abc does not have its hash");
        run.World.Journal.Of(JournalKind.Generated).ShouldBeEmpty();
        run.World.Journal.Of(JournalKind.Dropped).ShouldBeEmpty();
    }

    [Fact]
    public async Task AWorkerThatVanishes_LosesItsLease_AndAnotherMakesTheGroup()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 2, pairs: 1, leaseSeconds: 0.6));
        await run.Start(workers: 0);
        WorkClaimed claimed;
        do claimed = await run.Run.Claim(new() { Worker = "ghost/0", MaxGroups = 1, HeldVersion = -1, Fingerprint = "" }, default);
        while (claimed.Leases.Length == 0);
        await run.Work(0);
        (await run.Observer.End).Phase.ShouldBe(RunPhase.Finished);
        run.World.Journal.Of(JournalKind.Left).ShouldContain(e => e.Worker == "ghost/0" && e.Reason!.EndsWith("ran out"));
        run.World.Journal.Of(JournalKind.Claimed).Count(e => e.Key == claimed.Leases[0].Key).ShouldBe(2);
    }

    [Fact]
    public async Task ALongGroup_KeepsItsLease_ByRenewal()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 1, pairs: 1, leaseSeconds: 0.6));
        run.Engine(0).BeforeGenerate = (l, ct) => l.Key.Task == TaskKind.Generate ? Task.Delay(1500, ct) : Task.CompletedTask;
        await run.Finish();
        run.World.Journal.Of(JournalKind.Claimed).Count().ShouldBe(2);
    }

    [Fact]
    public async Task SeveralGroupsOfOneClaim_KeepTheirLeases_WhileTheyWaitForTheirTurn()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 1, pairs: 2, leaseSeconds: 0.6, groupsPerClaim: 4));
        run.Engine(0).BeforeGenerate = (_, ct) => Task.Delay(400, ct);
        await run.Finish(1);
        run.World.Journal.Of(JournalKind.Claimed).Count().ShouldBe(4);
        run.World.Journal.Of(JournalKind.Claimed).Select(e => e.Lease).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task AnEngineThatHangs_LosesItsGroup_AndTheRunGoesOn()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 2, pairs: 1, leaseSeconds: 0.1));
        run.Engine(0).BeforeGenerate = (_, _) => new TaskCompletionSource().Task;
        await run.Finish();
        run.Trainer.Steps.SelectMany(s => s.Groups).ShouldAllBe(g => g.Group.Worker == "local/1");
    }

    [Fact]
    public async Task ATrainerThatFails_FailsTheRun_WithItsSentence()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 3, pairs: 1));
        run.Trainer.BeforeTrain = s => s.Step == 2 ? throw new UserErrorException("the disk is full; free some space") : Task.CompletedTask;
        await run.Start();
        (await run.Observer.End).ShouldBe((RunPhase.Failed, "the disk is full; free some space"));
        (await run.Run.Status(default)).UserError.ShouldBeTrue();
    }

    [Fact]
    public async Task DataThatGoesBadUnderTheRun_EndsIt_WithTheReason_AndWhatIsTrainedIsSaved()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 5, pairs: 1));
        run.Pairs.Fault = step => step == 3 ? "images/7.png is gone" : null;
        await run.Start();
        var (phase, error) = await run.Observer.End;
        phase.ShouldBe(RunPhase.Failed);
        error.ShouldEndWith("the last because: images/7.png is gone");
        run.World.Disk.Version.ShouldBe(2);
    }

    [Fact]
    public async Task AnOfferThatIsRepeated_IsADuplicate_AndOneOfAnOldVersionIsStale()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 2, pairs: 1));
        await run.Start(workers: 0);
        OfferOutcome outcome;
        do outcome = await run.Learner.Offer(Specs.Offer(Specs.Key(1, 0, TaskKind.Generate), 0, digest: "0"), [], default);
        while (outcome == OfferOutcome.NotReady);
        outcome.ShouldBe(OfferOutcome.Accepted);
        (await run.Learner.Offer(Specs.Offer(Specs.Key(1, 0, TaskKind.Generate), 0, digest: "0"), [], default)).ShouldBe(OfferOutcome.Duplicate);
        (await run.Learner.Offer(Specs.Offer(Specs.Key(1, 0, TaskKind.Understand), 0, digest: "other weights"), [], default)).ShouldBe(OfferOutcome.Stale);
        (await run.Learner.Offer(Specs.Offer(Specs.Key(2, 0, TaskKind.Generate), 0), [], default)).ShouldBe(OfferOutcome.Stale);
    }

    [Fact]
    public async Task WithLag2_WorkersRunAheadOfABusyLearner_ThreeStepsAndNoFurther()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 6, pairs: 2, maxLag: 2));
        var gate = new TaskCompletionSource();
        run.Trainer.BeforeTrain = _ => gate.Task;
        await run.Start();
        await TestRun.Until(() => run.World.Journal.Of(JournalKind.Offered).Count(e => e.Reason == "accepted") == 12);
        run.World.Journal.Of(JournalKind.Claimed).Max(e => e.Key!.Value.Step).ShouldBe(3);
        gate.SetResult();
        (await run.Observer.End).Phase.ShouldBe(RunPhase.Finished);
        run.Trainer.Steps.SelectMany(s => s.Groups).ShouldAllBe(g => g.Group.Key.Step - 1 - g.Group.PolicyVersion <= 2);
        run.Trainer.Steps.SelectMany(s => s.Groups).ShouldContain(g => g.Group.Key.Step - 1 - g.Group.PolicyVersion == 2);
    }

    [Fact]
    public async Task Stop_EndsTheStepUnderWay_Saves_AndTheRunGoesOnFromThere()
    {
        var world = new World();
        string straight;
        await using (var run = await TestRun.Create(Specs.Run(maxSteps: 6, pairs: 2)))
        {
            await run.Finish();
            straight = run.Trainer.Model;
        }

        await using (var run = await TestRun.Create(Specs.Run(maxSteps: 6, pairs: 2), world))
        {
            var training = new TaskCompletionSource();
            var gate = new TaskCompletionSource();
            run.Trainer.BeforeTrain = s =>
            {
                if (s.Step != 3) return Task.CompletedTask;
                training.SetResult();
                return gate.Task;
            };
            await run.Start();
            await training.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await run.Run.Stop(save: true, default);
            gate.SetResult();
            (await run.Observer.End).ShouldBe((RunPhase.Stopped, ""));
            world.Disk.Version.ShouldBe(3);
        }

        await using (var run = await TestRun.Create(Specs.Run(maxSteps: 6, pairs: 2), world))
        {
            await run.Finish();
            run.Trainer.Steps.Select(s => s.Step).ShouldBe([4, 5, 6]);
            run.Trainer.Model.ShouldBe(straight);
        }
    }

    [Fact]
    public async Task ARunThatIsOver_StillSaysItsSteps_WhenItsGrainComesUpAgain()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 3, pairs: 1));
        await run.Finish();
        var management = run.Grains.GetGrain<IManagementGrain>(0);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await management.ForceActivationCollection(TimeSpan.Zero);
        }
        while (await management.GetActivationAddress(run.Run) is not null);

        var status = await run.Run.Status(default);
        (status.Phase, status.Version, status.MaxSteps).ShouldBe((RunPhase.Finished, 3, 3));
    }

    [Fact]
    public async Task ARunThatIsStoppedAndStartedInOneSilo_GoesOn()
    {
        await using var run = await TestRun.Create(Specs.Run(maxSteps: 200, pairs: 1));
        TaskCompletionSource fourth = new(), stopped = new();
        run.Trainer.BeforeTrain = step =>
        {
            if (step.Step < 4) return Task.CompletedTask;
            fourth.TrySetResult();
            return stopped.Task;
        };
        await run.Start();
        await fourth.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await run.Run.Stop(save: true, default);
        stopped.SetResult();
        (await run.Observer.End).Phase.ShouldBe(RunPhase.Stopped);
        var before = run.Trainer.Steps.Count;
        await run.Start();
        await TestRun.Until(() => run.Trainer.Steps.Count > before + 3);
        // The run goes on meanwhile.
        int[] steps = [.. run.Trainer.Steps.ToArray().Select(s => s.Step)];
        steps.ShouldBe(Enumerable.Range(1, steps.Length));
    }

    [Fact]
    public async Task AfterACrash_TheRunGoesOnFromItsCheckpoint_WithoutMakingStoredGroupsAgain()
    {
        var world = new World();
        var stuck = Specs.Key(3, 1, TaskKind.Understand);
        await using (var run = await TestRun.Create(Specs.Run(maxSteps: 4, pairs: 2, checkpointEvery: 2), world))
        {
            for (var i = 0; i < 2; i++)
                run.Engine(i).BeforeGenerate = (l, ct) => l.Key == stuck ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;
            await run.Start();
            await TestRun.Until(() => world.Disk.Version == 2
                && world.Journal.Of(JournalKind.Offered).Count(e => e.Key!.Value.Step == 3 && e.Reason == "accepted") == 3);
        }

        var made = world.Journal.Of(JournalKind.Generated).Count();
        await using (var run = await TestRun.Create(Specs.Run(maxSteps: 4, pairs: 2, checkpointEvery: 2), world))
        {
            await run.Finish();
            run.Trainer.Steps.Select(s => s.Step).ShouldBe([3, 4]);
        }

        world.Journal.Of(JournalKind.Generated).Count().ShouldBe(made + 1 + 4);
    }
}
