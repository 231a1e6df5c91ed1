using System.Security.Cryptography;
using System.Text;
using PairUni.Contracts;
using PairUni.Modeling;
using PairUni.Modeling.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Learner.Weights;

/// <summary>One version of the trained weights as bytes in the safetensors layout, cut into chunks that are named by their SHA-256.</summary>
/// <param name="Manifest">Names of the chunks, in order.</param>
/// <param name="Chunks">Their bytes, in the same order.</param>
public sealed record WeightSnapshot(WeightManifest Manifest, IReadOnlyList<ReadOnlyMemory<byte>> Chunks)
{
    /// <summary>Size of all chunks but the last, bytes.</summary>
    public const int ChunkBytes = 1 << 20;

    /// <summary>Copies the trained parameters out of a model.</summary>
    /// <param name="trainable">What is trained, in the model's order.</param>
    /// <param name="version">Version of the policy.</param>
    /// <param name="fingerprint"><see cref="ModelFingerprint"/> of the model that the version is for.</param>
    /// <param name="dtype">Type that it has there, rounded to the nearest even; the parameters' own when absent.</param>
    public static WeightSnapshot Take(
        IEnumerable<(string Name, Parameter Parameter)> trainable, int version, string fingerprint, ScalarType? dtype = null)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var writer = new ChunkWriter(ChunkBytes);
        SafetensorsWriter.Write(writer, trainable.Select(t => (t.Name, dtype is { } other && other != t.Parameter.dtype ? t.Parameter.to(other) : t.Parameter)));
        return Of(writer.Finish(), version, fingerprint);
    }

    /// <summary>A version of bytes that lie in chunks already.</summary>
    public static WeightSnapshot Of(IReadOnlyList<ReadOnlyMemory<byte>> chunks, int version, string fingerprint)
    {
        WeightChunk[] names = [.. chunks.Select(c => new WeightChunk { Hash = Hash(c.Span), Length = c.Length })];
        return new(
            new()
            {
                Version = version,
                Chunks = names,
                Bytes = chunks.Sum(c => (long)c.Length),
                ModelFingerprint = fingerprint,
                Digest = Digest(names),
            },
            chunks);
    }

    /// <summary>Verifies the chunks against the manifest and copies them into a model; on any fault the model is untouched.</summary>
    /// <exception cref="WeightsUnverifiedException">A chunk, the manifest, or the model is not the one it should be.</exception>
    public void ApplyTo(nn.Module model)
    {
        Verify();
        var fingerprint = ModelFingerprint.Of(model);
        if (fingerprint != Manifest.ModelFingerprint)
        {
            throw new WeightsUnverifiedException(
                $"Version {Manifest.Version} is of the model {Manifest.ModelFingerprint[..12]}, this one is {fingerprint[..12]}; load the same model everywhere.");
        }

        using var reader = new ChunkReader(Chunks);
        var header = ReadHeader(reader);
        var parameters = model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2);
        foreach (var entry in header.Entries.Values)
        {
            if (!parameters.TryGetValue(entry.Name, out var parameter)
                || parameter.dtype != entry.Dtype
                || !entry.Shape.AsSpan().SequenceEqual(parameter.shape))
                throw new WeightsUnverifiedException($"Version {Manifest.Version} holds the tensor {entry.Name} {entry.ShapeText}, which the model has not.");
        }

        using var untracked = no_grad();
        foreach (var entry in header.Entries.Values)
        {
            using var scope = NewDisposeScope();
            var host = empty(entry.Shape, dtype: entry.Dtype);
            reader.Position = header.DataStart + entry.Start;
            host.ReadBytesFromStream(reader, ChunkBytes);
            parameters[entry.Name].copy_(host);
        }
    }

    /// <summary>Checks one chunk that came from elsewhere.</summary>
    public static bool IsIntact(WeightChunk chunk, ReadOnlySpan<byte> bytes) => bytes.Length == chunk.Length && Hash(bytes) == chunk.Hash;

    private void Verify()
    {
        if (Digest(Manifest.Chunks) != Manifest.Digest)
            throw new WeightsUnverifiedException($"The manifest of version {Manifest.Version} does not have the digest that it names.");
        if (Chunks.Count != Manifest.Chunks.Length)
            throw new WeightsUnverifiedException($"Version {Manifest.Version} has {Manifest.Chunks.Length} chunks, {Chunks.Count} arrived.");
        for (var i = 0; i < Chunks.Count; i++)
        {
            if (!IsIntact(Manifest.Chunks[i], Chunks[i].Span))
                throw new WeightsUnverifiedException($"Chunk {i} of version {Manifest.Version} does not have its SHA-256; fetch it again.");
        }
    }

    private SafetensorsHeader ReadHeader(Stream reader)
    {
        try
        {
            return SafetensorsHeader.Read(reader, $"version {Manifest.Version}");
        }
        catch (ModelFileException e)
        {
            throw new WeightsUnverifiedException(e.Message);
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Digest(IEnumerable<WeightChunk> chunks) => Hash(Encoding.ASCII.GetBytes(string.Concat(chunks.Select(c => c.Hash))));
}
