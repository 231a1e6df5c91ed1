using Microsoft.Extensions.Hosting;
using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>Tells the register that this process is there, and finds out whether it may be.</summary>
public sealed class SiloMembership(SiloSettings settings, SiloAddresses addresses, SiloHttp http, WorkerCrew crew, IGrainFactory grains, TimeProvider time) : BackgroundService
{
    /// <summary>Difference of two clocks beyond which a process may not take part: membership and epochs rely on them.</summary>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);
    private readonly string _instance = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Completes when the register let it in.</summary>
    public Task Joined => _joined.Task;

    public SiloEntry Entry => new()
    {
        Name = settings.Name,
        Instance = _instance,
        Address = $"{addresses.Address}:{addresses.Silo}",
        Roles = SiloRoles.Names(settings.Roles),
        Devices = settings.Roles.HasFlag(SiloRole.Rollout) ? settings.Devices : 0,
        Engine = ActorEngine.Name,
        Fingerprint = Fingerprints.Program,
        Http = http.Uri?.ToString() ?? "",
        Joined = time.GetUtcNow(),
        Troubles = crew.Troubles,
    };

    private IRunsGrain Register => grains.GetGrain<IRunsGrain>(RunsKey.Only);

    /// <summary>Asks to be let in; waits while the register is not there yet or a dead process of the same name may still count.</summary>
    /// <exception cref="UserErrorException">The register refuses, or there is none.</exception>
    public async Task Join(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var passing = "no learner silo is there";
            try
            {
                var asked = time.GetUtcNow();
                var answer = await Register.Join(new() { Silo = Entry, Protocol = Protocol.Version }, cancellationToken);
                if (answer.Refusal.Length == 0)
                {
                    CheckClock(asked, answer.Now, time.GetUtcNow());
                    _joined.TrySetResult();
                    return;
                }

                if (!answer.Retry) throw new UserErrorException(answer.Refusal);
                passing = answer.Refusal;
            }
            catch (Exception fault) when (fault is not UserErrorException)
            {
                // The register's silo is not there yet, or just died.
                cancellationToken.ThrowIfCancellationRequested();
                passing = fault.Message;
            }

            if (time.GetElapsedTime(start) > JoinLimit)
            {
                // Rollout and reward silos may well be there before the first learner silo: they wait for it as workers do.
                if (settings.Roles.HasFlag(SiloRole.Learner)) throw new UserErrorException($"The cluster's register did not let this silo in within {JoinLimit.TotalSeconds:0} s: {passing}");
                start = time.GetTimestamp();
            }

            await Task.Delay(AskAgain, time, cancellationToken);
        }
    }

    /// <summary>Says good-bye, and nothing after that; if it cannot be said, the silence tells.</summary>
    public async Task Leave()
    {
        await _leaving.CancelAsync();
        if (ExecuteTask is { } speaking) await Task.WhenAny(speaking);
        try
        {
            await Register.Leave(_instance, CancellationToken.None).WaitAsync(LeaveLimit, time);
        }
        catch (Exception)
        {
            // The register takes it off its list in a while.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _leaving.Token);
        try
        {
            await Joined.WaitAsync(either.Token);
            using var period = new PeriodicTimer(Period, time);
            while (await period.WaitForNextTickAsync(either.Token)) await SayAgain(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // It leaves.
        }
    }

    private async Task SayAgain(CancellationToken cancellationToken)
    {
        try
        {
            await Register.Join(new() { Silo = Entry, Protocol = Protocol.Version }, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The register is between two silos: said again soon.
        }
    }

    // The answer was given somewhere between asking and hearing, so half of that time counts as uncertain.
    private static void CheckClock(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset heard)
    {
        var skew = answered - (asked + ((heard - asked) / 2));
        if (skew.Duration() <= LargestSkew + ((heard - asked) / 2)) return;
        throw new UserErrorException(
            $"This machine's clock is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")} the cluster's; set it right (NTP), at most {LargestSkew.TotalSeconds:0} s may differ.");
    }
}
