using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PairUni.Silo;

/// <summary>
/// Opens a file so that every write lands at its end, whoever else writes too (POSIX O_APPEND): a process that was replaced and wakes up
/// cannot overwrite what its successor wrote.
/// </summary>
internal static class AppendFile
{
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const uint Mode = 0x1A4; // rw-r--r--

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux()) return new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var descriptor = OpenNative(path, WriteOnly | Create | Append | CloseOnExec, Mode);
        return descriptor >= 0
            ? new(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0)
            : throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int OpenNative(string path, int flags, uint mode);
}
