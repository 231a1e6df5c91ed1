using PairUni.Contracts;
using static PairUni.Grains.Tests.Specs;

namespace PairUni.Grains.Tests;

/// <summary>Board and collector together under random schedules: workers vanish, come back late, deliver twice, fail; the learner comes up again.</summary>
public class ScheduleTests
{
    public static TheoryData<int, int> Schedules => new(Enumerable.Range(0, 60).Select(seed => (seed, seed % 4)));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void EveryGroup_IsTrainedOnceOrDropped_WithinItsLag_WhateverTheSchedule(int seed, int lag)
    {
        var schedule = new Schedule(seed, lag);
        schedule.RunToTheEnd().ShouldBeTrue("the run must come to its end");
        schedule.Trained.Keys.Concat(schedule.Dropped).Order().ShouldBe(OpenSteps.Keys(schedule.Spec, 1, schedule.Spec.MaxSteps));
        schedule.Trained.ShouldAllBe(t => t.Key.Step - 1 - t.Value <= lag && t.Value < t.Key.Step);
    }

    private sealed class Schedule(int seed, int lag)
    {
        private readonly Random _random = new(seed);
        private readonly List<(GroupLease Lease, string Worker)> _inFlight = [];
        private readonly MemoryJournal _journal = new();
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public RunSpec Spec { get; } = Run(maxSteps: 5, pairs: 3, maxLag: lag, groupsPerClaim: 2, leaseSeconds: 10);

        public SortedDictionary<GroupKey, int> Trained { get; } = [];

        public SortedSet<GroupKey> Dropped { get; } = [];

        public bool RunToTheEnd()
        {
            var board = new WorkBoard(Spec, new FakePairs(), _journal);
            var collector = new StepCollector(Spec, 0);
            board.Advance(At(0, loaded: true));
            for (var turn = 0; turn < 20_000; turn++)
            {
                _now += TimeSpan.FromSeconds(_random.NextDouble());
                board.Expire(_now);
                switch (_random.Next(10))
                {
                    case < 4:
                        Claim(board);
                        break;
                    case < 8:
                        Deliver(board, collector, _random.Next(8));
                        break;
                    case 8 when _random.Next(20) == 0:
                        collector = CameUp(collector);
                        board.Advance(Position(collector, loaded: true));
                        break;
                    case 9 when _random.Next(20) == 0:
                        board = new(Spec, new FakePairs(), _journal);
                        board.Advance(Position(collector, loaded: true));
                        break;
                }

                while (collector.Version < Spec.MaxSteps && collector.IsComplete) Train(board, collector);
                if (collector.Version == Spec.MaxSteps) return true;
            }

            return false;
        }

        private void Claim(WorkBoard board)
        {
            var worker = $"w/{_random.Next(4)}";
            foreach (var lease in board.Claim(new() { Worker = worker, MaxGroups = 2, HeldVersion = 0, Fingerprint = "" }, _now)) _inFlight.Add((lease, worker));
        }

        private void Deliver(WorkBoard board, StepCollector collector, int how)
        {
            if (_inFlight.Count == 0) return;
            var at = _random.Next(_inFlight.Count);
            var (lease, worker) = _inFlight[at];
            if (how != 0) _inFlight.RemoveAt(at); // 0: delivered now and once more later
            if (how == 1) return; // vanished
            if (how == 2)
            {
                var drop = board.Release(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker, Reason = "engine", Failed = true }, _now);
                if (drop is not null && collector.Drop(drop.Key, drop.Reason)) Dropped.Add(drop.Key);
                return;
            }

            var outcome = collector.Offer(Offer(lease.Key, lease.PolicyVersion, how == 3 && _random.Next(4) == 0 ? "reward" : null));
            if (outcome == OfferOutcome.Failed) Dropped.Add(lease.Key);
            if (outcome == OfferOutcome.Stale)
                board.Release(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker, Reason = "stale", Failed = false }, _now);
            else board.Settle(lease.Key, _now);
        }

        private void Train(WorkBoard board, StepCollector collector)
        {
            foreach (var group in collector.Batch().Groups) Trained.Add(group.Group.Key, group.Group.PolicyVersion);
            collector.Commit();
            board.Advance(Position(collector, loaded: false));
        }

        // As after a crash of the learner's activation: the store gives back what was accepted and dropped.
        private StepCollector CameUp(StepCollector old)
        {
            var collector = new StepCollector(Spec, old.Version);
            foreach (var key in old.Held) collector.Offer(Offer(key, Math.Max(0, key.Step - 1 - lag)));
            foreach (var (key, reason) in old.Dropped) collector.Drop(key, reason);
            return collector;
        }

        private static LearnerAt Position(StepCollector collector, bool loaded) => At(collector.Version, loaded) with
        {
            Held = [.. collector.Held],
            Dropped = [.. collector.Dropped.Keys],
        };
    }
}
