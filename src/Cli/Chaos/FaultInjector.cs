using PairUni.Contracts;

namespace PairUni.Cli.Chaos;

/// <summary>Does to a fleet what a schedule says, each fault from its beginning to its end.</summary>
internal sealed class FaultInjector(FleetPlan plan, ChaosPlace place, RedisServer redis, FleetSettings settings, ChaosLog log, TimeProvider time) : IAsyncDisposable
{
    // A silo that stood still or was cut off finds out later that the others gave it up.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(60);
    private readonly List<SiloSeat> _guests = [];
    private DateTimeOffset _redisHarmed = DateTimeOffset.MinValue;
    private bool _hardRestart;

    /// <summary>The places of the plan.</summary>
    public IReadOnlyList<SiloSeat> Seats => _seats ??= [.. plan.Slots.Select((roles, slot) => Seat(slot, roles))];

    private SiloSeat[]? _seats;

    /// <summary>Faults that began, with the moment.</summary>
    public List<(Fault Fault, DateTimeOffset At)> Done { get; } = [];

    /// <summary>Runs the whole schedule.</summary>
    public async Task Run(FaultSchedule schedule, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var running = new List<Task>();
        foreach (var fault in schedule.Faults)
        {
            var left = fault.At - time.GetElapsedTime(start);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, cancellationToken);
            Done.Add((fault, time.GetUtcNow()));
            log.Say($"fault: {fault}");
            running.Add(Inject(fault, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(place.FullDisk);
        redis.Continue();
        foreach (var seat in Seats.Concat(_guests)) await seat.DisposeAsync();
    }

    private async Task Inject(Fault fault, CancellationToken cancellationToken)
    {
        var seat = fault.Kind == FaultKind.KillLearner ? LearnersSeat() : fault.Slot == Fault.Nobody ? null : Seats[fault.Slot];
        Harm(fault, seat);
        switch (fault.Kind)
        {
            case FaultKind.Kill or FaultKind.KillLearner:
                await seat!.Kill();
                await Lasts(fault, cancellationToken);
                seat.Start();
                break;
            case FaultKind.Terminate:
                await seat!.Terminate();
                await Lasts(fault, cancellationToken);
                seat.Start(sameName: true);
                break;
            case FaultKind.Join:
                var guest = Seat(plan.Slots.Count + _guests.Count, ["rollout", "reward"]);
                _guests.Add(guest);
                guest.Start();
                await Lasts(fault, cancellationToken);
                await guest.Terminate();
                break;
            case FaultKind.RestartRedis:
                _hardRestart = !_hardRestart;
                await (_hardRestart ? redis.Kill() : redis.Stop());
                await Lasts(fault, cancellationToken);
                await redis.Restart();
                break;
            default:
                await Between(fault, seat, cancellationToken);
                break;
        }

        Harm(fault, seat);
        log.Say($"over: {fault.Kind}{(seat is null ? "" : $" of place {seat.Slot}")}");
    }

    private async Task Between(Fault fault, SiloSeat? seat, CancellationToken cancellationToken)
    {
        Action undo = Begin(fault, seat);
        try
        {
            await Lasts(fault, cancellationToken);
        }
        finally
        {
            undo();
        }
    }

    // What the fault did is undone where it was done, even if another silo stands there by then.
    private Action Begin(Fault fault, SiloSeat? seat)
    {
        var (silo, proxy) = (seat?.Silo, fault.Kind is FaultKind.CutRedis or FaultKind.StallRedis ? seat?.RedisProxy : seat?.SiloProxy);
        switch (fault.Kind)
        {
            case FaultKind.Pause:
                silo?.Send(ProcessSignal.Stop);
                return () => silo?.Send(ProcessSignal.Continue);
            case FaultKind.PauseRedis:
                redis.Pause();
                return redis.Continue;
            case FaultKind.CutRedis or FaultKind.CutSilo:
                proxy?.Cut();
                return () => proxy?.Heal();
            case FaultKind.StallRedis or FaultKind.StallSilo:
                proxy?.Stall();
                return () => proxy?.Heal();
            case FaultKind.FullDisk:
                File.WriteAllText(place.FullDisk, "");
                return () => File.Delete(place.FullDisk);
            default:
                throw new UserErrorException($"A fault of kind {fault.Kind} cannot be injected.");
        }
    }

    // The learner's silo writes a line for every step.
    private SiloSeat LearnersSeat() => plan.Learners.Select(slot => Seats[slot]).OrderByDescending(s => s.LastLine).First();

    private Task Lasts(Fault fault, CancellationToken cancellationToken) => Task.Delay(fault.For, time, cancellationToken);

    private void Harm(Fault fault, SiloSeat? seat)
    {
        if (seat is not null) seat.Harmed = time.GetUtcNow();
        if (fault.StopsAll) _redisHarmed = time.GetUtcNow();
    }

    private SiloSeat Seat(int slot, IReadOnlyList<string> roles) => new(slot, roles, place, redis, settings, log)
    {
        MayEnd = seat => time.GetUtcNow() - seat.Harmed < Aftermath || time.GetUtcNow() - _redisHarmed < Aftermath,
    };
}
