using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PairUni.Cli.Chaos;

/// <summary>Sends signals to processes by their id.</summary>
internal static class ProcessSignals
{
    /// <summary>Sends a signal.</summary>
    /// <exception cref="Win32Exception">There is no such process, or it may not be signalled.</exception>
    public static void Send(int process, ProcessSignal signal)
    {
        if (Kill(process, (int)signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
