using PairUni.Learner.Weights;

namespace PairUni.Cli.Bench;

/// <summary>A model of random bytes, drawn from a seed.</summary>
internal static class MadeUpWeights
{
    public static IReadOnlyList<ReadOnlyMemory<byte>> Draw(long bytes, int seed)
    {
        var chunks = new ReadOnlyMemory<byte>[(int)((bytes + WeightSnapshot.ChunkBytes - 1) / WeightSnapshot.ChunkBytes)];
        Parallel.For(0, chunks.Length, i =>
        {
            var chunk = GC.AllocateUninitializedArray<byte>((int)Math.Min(WeightSnapshot.ChunkBytes, bytes - ((long)i * WeightSnapshot.ChunkBytes)));
            new Random(unchecked((seed * 1_000_003) + i)).NextBytes(chunk);
            chunks[i] = chunk;
        });
        return chunks;
    }
}
