using PairUni.Learner.Tests.Training;
using PairUni.Learner.Training;
using PairUni.Learner.Weights;
using PairUni.Modeling.Janus;

namespace PairUni.Learner.Tests.Weights;

public class WeightSnapshotTests
{
    private static WeightSnapshot Take(JanusPolicy policy, int version = 3)
    {
        var trainable = TrainableParameters.Select(policy.Model, ["vision_model", "gen_vision_model"]);
        return WeightSnapshot.Take(trainable, version, ModelFingerprint.Of(policy.Model));
    }

    [Fact]
    public void ASnapshot_MakesAnotherModelEqual()
    {
        using var from = TinyPolicy.Create(1);
        using var to = TinyPolicy.Create(2);
        var snapshot = Take(from);
        snapshot.ApplyTo(to.Model);
        var (a, b) = (PolicyLearnerTests.Copy(from), PolicyLearnerTests.Copy(to));
        a.Keys.Where(k => k.StartsWith("language_model.", StringComparison.Ordinal)).ShouldAllBe(k => a[k].SequenceEqual(b[k]));
        a["vision_model.vision_tower.pos_embed"].SequenceEqual(b["vision_model.vision_tower.pos_embed"]).ShouldBeFalse();
    }

    [Fact]
    public void EqualWeights_HaveEqualDigests_AndOthersOthers()
    {
        using var a = TinyPolicy.Create(1);
        using var b = TinyPolicy.Create(1);
        using var c = TinyPolicy.Create(2);
        Take(a).Manifest.Digest.ShouldBe(Take(b, 9).Manifest.Digest);
        Take(a).Manifest.Digest.ShouldNotBe(Take(c).Manifest.Digest);
        Take(a).Manifest.ModelFingerprint.ShouldBe(Take(c).Manifest.ModelFingerprint);
    }

    [Fact]
    public void AFlippedBit_IsRefused_AndTheModelIsUntouched()
    {
        using var from = TinyPolicy.Create(1);
        using var to = TinyPolicy.Create(2);
        var before = PolicyLearnerTests.Copy(to);
        var snapshot = Take(from);
        for (var chunk = 0; chunk < snapshot.Chunks.Count; chunk++)
        {
            var bytes = snapshot.Chunks[chunk].ToArray();
            bytes[bytes.Length / 2] ^= 1;
            ReadOnlyMemory<byte>[] chunks = [.. snapshot.Chunks];
            chunks[chunk] = bytes;
            Should.Throw<WeightsUnverifiedException>(() => (snapshot with { Chunks = chunks }).ApplyTo(to.Model))
                .Message.ShouldBe($"Chunk {chunk} of version 3 does not have its SHA-256; fetch it again.");
        }

        PolicyLearnerTests.SameBits(before, PolicyLearnerTests.Copy(to)).ShouldBeTrue();
    }

    [Fact]
    public void AMissingChunk_ASwappedHash_AndAnotherModel_AreRefused()
    {
        using var policy = TinyPolicy.Create();
        var snapshot = Take(policy);
        Should.Throw<WeightsUnverifiedException>(() => (snapshot with { Chunks = [.. snapshot.Chunks.Skip(1)] }).ApplyTo(policy.Model));
        var chunks = snapshot.Manifest.Chunks.Select(c => c with { Hash = new string('0', 64) }).ToArray();
        Should.Throw<WeightsUnverifiedException>(() => (snapshot with { Manifest = snapshot.Manifest with { Chunks = chunks } }).ApplyTo(policy.Model))
            .Message.ShouldContain("digest");
        Should.Throw<WeightsUnverifiedException>(
            () => (snapshot with { Manifest = snapshot.Manifest with { ModelFingerprint = new string('a', 64) } }).ApplyTo(policy.Model))
            .Message.ShouldContain("load the same model everywhere");
    }

    [Fact]
    public void Chunks_AreOfOneSize_AndReadBackAsOneStream()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        var writer = new ChunkWriter(64);
        writer.Write(bytes.AsSpan(0, 333));
        writer.Write(bytes.AsSpan(333));
        var chunks = writer.Finish();
        chunks.Select(c => c.Length).ShouldBe([.. Enumerable.Repeat(64, 15), 40]);
        using var reader = new ChunkReader(chunks) { Position = 100 };
        var read = new byte[900];
        reader.ReadExactly(read);
        read.ShouldBe(bytes[100..]);
    }
}
