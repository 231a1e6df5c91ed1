using System.Runtime.InteropServices;

namespace PairUni.Cli.Training;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a request to stop; the second ends the process at once, as without PairUni.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, First),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, First),
    ];

    /// <summary>Completes at the first signal.</summary>
    public Task Requested => _requested.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void First(PosixSignalContext signal) => signal.Cancel = _requested.TrySetResult();
}
