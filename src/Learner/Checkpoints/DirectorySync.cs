using System.Runtime.InteropServices;

namespace PairUni.Learner.Checkpoints;

/// <summary>Makes names in a folder survive a power cut: a rename is only on disk after its folder was synced (POSIX fsync).</summary>
internal static class DirectorySync
{
    private const int ReadOnlyDirectory = 0x10000; // O_DIRECTORY on Linux

    /// <summary>Syncs the folder's entries.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened (error {Marshal.GetLastPInvokeError()})");
        try
        {
            if (Sync(descriptor) != 0) throw new IOException($"{folder} cannot be synced (error {Marshal.GetLastPInvokeError()})");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
