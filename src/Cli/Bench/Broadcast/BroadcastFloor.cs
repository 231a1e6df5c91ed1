using System.Security.Cryptography;

namespace PairUni.Cli.Bench;

/// <summary>What no broadcast can do without: every receiver's bytes written into fresh memory and hashed once, in one process.</summary>
internal static class BroadcastFloor
{
    /// <summary>Seconds of writing and hashing.</summary>
    /// <param name="chunks">The model.</param>
    /// <param name="receivers">Copies to make, all of them kept until the end.</param>
    /// <param name="threads">Threads that share the copies.</param>
    /// <param name="time">The clock.</param>
    public static double Measure(IReadOnlyList<ReadOnlyMemory<byte>> chunks, int receivers, int threads, TimeProvider time)
    {
        var copies = new byte[receivers * chunks.Count][];
        var start = time.GetTimestamp();
        Parallel.For(0, copies.Length, new() { MaxDegreeOfParallelism = threads }, i =>
        {
            var chunk = chunks[i % chunks.Count].Span;
            copies[i] = GC.AllocateUninitializedArray<byte>(chunk.Length);
            chunk.CopyTo(copies[i]);
            SHA256.HashData(copies[i]);
        });
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(copies);
        return seconds;
    }
}
