using FsCheck;
using FsCheck.Fluent;

namespace PairUni.Algorithms.Tests;

/// <summary>Random schedules of claims, renewals, deaths, late results and clock jumps against the promises of the table.</summary>
public class LeaseTableProperties
{
    private const int Works = 12;
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Fact]
    public void EveryPieceIsSettledExactlyOnce_WhateverTheSchedule() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var world = new World();
            foreach (var action in schedule) world.Do(action);
            world.Finish();
            return world.Settled.Count == Works && world.Settled.Values.All(n => n == 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(42, 1));

    [Fact]
    public void NoPieceIsHeldTwice_AndCountsAlwaysAddUp() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var world = new World();
            return schedule.All(action =>
            {
                world.Do(action);
                var t = world.Table;
                return t.Leases.Select(l => l.Key).Distinct().Count() == t.LeasedCount
                    && t.OpenCount + t.LeasedCount + t.SettledCount == Works
                    && t.Leases.All(l => !t.IsSettled(l.Key));
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(43, 1));

    [Fact]
    public void AClaim_NeverSkipsANearerStepThatIsOpen() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var world = new World();
            return schedule.All(action =>
            {
                var before = world.Open();
                var claimed = world.Do(action);
                if (claimed.Count == 0) return true;
                var left = before.Except(claimed).ToArray();
                return left.Length == 0 || claimed.Max(k => k.Step) <= left.Min(k => k.Step);
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(44, 1));

    private static Arbitrary<(int Kind, int Worker, int Pick)[]> Schedules() =>
        (from kind in Gen.Choose(0, 5)
         from worker in Gen.Choose(0, 3)
         from pick in Gen.Choose(0, 9)
         select (kind, worker, pick)).ArrayOf().ToArbitrary();

    private sealed class World
    {
        private readonly List<Lease<(int Step, int Pair)>> _everGiven = [];
        private DateTimeOffset _now = Start;

        public World()
        {
            for (var i = 0; i < Works; i++) Table.Plan((i % 3, i));
        }

        public LeaseTable<(int Step, int Pair)> Table { get; } = new(k => k.Step);

        public Dictionary<(int, int), int> Settled { get; } = [];

        public (int Step, int Pair)[] Open() =>
            [.. Enumerable.Range(0, Works).Select(i => (Step: i % 3, Pair: i)).Where(k => !Table.IsSettled(k) && Table.Leases.All(l => l.Key != k))];

        public IReadOnlyList<(int Step, int Pair)> Do((int Kind, int Worker, int Pick) action)
        {
            switch (action.Kind)
            {
                case 0:
                    var leases = Table.Claim($"w{action.Worker}", 1 + (action.Pick % 4), 99, _now, Duration);
                    _everGiven.AddRange(leases);
                    return [.. leases.Select(l => l.Key)];
                case 1: // a result, possibly of a lease that was lost long ago
                    if (_everGiven.Count > 0) Settle(_everGiven[action.Pick % _everGiven.Count].Key);
                    return [];
                case 2:
                    if (_everGiven.Count > 0) Table.Renew(_everGiven[action.Pick % _everGiven.Count].Id, _now, Duration);
                    return [];
                case 3:
                    if (_everGiven.Count > 0) Table.Release(_everGiven[action.Pick % _everGiven.Count].Id);
                    return [];
                case 4:
                    Table.ReleaseWorker($"w{action.Worker}");
                    return [];
                default:
                    _now += TimeSpan.FromSeconds(action.Pick);
                    Table.Expire(_now);
                    return [];
            }
        }

        public void Finish()
        {
            for (var round = 0; round < 2 * Works && Table.SettledCount < Works; round++)
            {
                _now += Duration;
                Table.Expire(_now);
                foreach (var lease in Table.Claim("last", Works, 99, _now, Duration)) Settle(lease.Key);
            }
        }

        private void Settle((int, int) key)
        {
            if (Table.Settle(key) == SettleOutcome.Settled) Settled[key] = Settled.GetValueOrDefault(key) + 1;
        }
    }
}
