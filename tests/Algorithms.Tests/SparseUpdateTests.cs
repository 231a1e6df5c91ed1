using FsCheck;
using FsCheck.Fluent;

namespace PairUni.Algorithms.Tests;

public class SparseUpdateTests
{
    private static byte[] Applied(byte[] from, byte[] update)
    {
        var to = new byte[from.Length];
        SparseUpdate.Apply(from, update, to);
        return to;
    }

    [Fact]
    public void OneChangedBfloat16_IsWrittenAsItsGapAndItsTwoBytes()
    {
        byte[] from = new byte[64], to = new byte[64];
        (to[10], to[11]) = (0x3F, 0x80);
        var update = SparseUpdate.Encode(from, to)!;
        Convert.ToHexStringLower(update).ShouldBe("01020000" + "40000000" + "01000000" + "05" + "3f80");
        Applied(from, update).ShouldBe(to);
    }

    [Fact]
    public void EveryOtherElementChanged_IsWrittenAsAMask_WhichIsShorterThanGaps()
    {
        byte[] from = new byte[256], to = new byte[256];
        for (var i = 0; i < 256; i += 4) to[i] = 7;
        var update = SparseUpdate.Encode(from, to)!;
        update.Length.ShouldBe(12 + 16 + 128);
        (update[1], update[2]).ShouldBe(((byte)2, (byte)1));
        Applied(from, update).ShouldBe(to);
    }

    [Fact]
    public void ChangedFloats_AreWrittenWithTheWidthThatIsShorter()
    {
        byte[] from = new byte[4096], low = new byte[4096], whole = new byte[4096];
        for (var i = 0; i < 4096; i += 4)
        {
            low[i] = 1;
            if (i % 64 != 0) continue;
            (whole[i], whole[i + 3]) = (1, 1);
        }

        SparseUpdate.Encode(from, low)![1].ShouldBe((byte)2);
        SparseUpdate.Encode(from, low)!.Length.ShouldBe(12 + 256 + 2048);
        SparseUpdate.Encode(from, whole)![1].ShouldBe((byte)4);
        SparseUpdate.Encode(from, whole)!.Length.ShouldBe(12 + 64 + 256);
    }

    [Fact]
    public void EqualArrays_GiveAnUpdateOfNothing_AndWhatIsNotShorterThanTheWhole_GivesNone()
    {
        var bytes = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray();
        SparseUpdate.Encode(bytes, bytes)!.Length.ShouldBe(12);
        SparseUpdate.Encode(bytes, [.. bytes.Select(b => (byte)(b + 1))]).ShouldBeNull();
        SparseUpdate.Encode(bytes, bytes[1..]).ShouldBeNull();
        SparseUpdate.Encode([], []).ShouldBeNull();
        SparseUpdate.Encode(new byte[12], new byte[12]).ShouldBeNull();
    }

    [Fact]
    public void TheUpdate_MakesExactlyTheNewArray_AndIsShorter_WhateverChanged() =>
        Prop.ForAll(Pairs(), pair =>
        {
            var update = SparseUpdate.Encode(pair.From, pair.To);
            return update is null || (update.Length < pair.To.Length && Applied(pair.From, update).AsSpan().SequenceEqual(pair.To));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 1));

    [Fact]
    public void FewChanges_AlwaysGiveAnUpdate() =>
        Prop.ForAll(Pairs(), pair =>
        {
            var differ = pair.From.Zip(pair.To).Count(p => p.First != p.Second);
            return (12 + (differ * 6) >= pair.To.Length) || SparseUpdate.Encode(pair.From, pair.To) is not null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(8, 1));

    [Fact]
    public void DamagedUpdates_AreRefused_OrMakeAnArrayOfTheSameLength_AndNeverWriteElsewhere() =>
        Prop.ForAll(Damaged(), damaged =>
        {
            var guarded = new byte[damaged.From.Length + 32];
            Array.Fill(guarded, (byte)0xA5);
            try
            {
                SparseUpdate.Apply(damaged.From, damaged.Update, guarded.AsSpan(16, damaged.From.Length));
            }
            catch (SparseUpdateException fault)
            {
                if (!fault.Message.StartsWith("The sparse update ", StringComparison.Ordinal)) return false;
            }

            return guarded.AsSpan(0, 16).IndexOfAnyExcept((byte)0xA5) < 0 && guarded.AsSpan(^16).IndexOfAnyExcept((byte)0xA5) < 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(9, 1));

    [Theory]
    [InlineData("", "is 0 bytes long, shorter than its header")]
    [InlineData("02020000" + "08000000" + "00000000", "is of an unknown format")]
    [InlineData("01020001" + "08000000" + "00000000", "is of an unknown format")]
    [InlineData("01030000" + "08000000" + "00000000", "has elements of 3 bytes")]
    [InlineData("01020200" + "08000000" + "00000000", "names places in the unknown way 2")]
    [InlineData("01020000" + "09000000" + "00000000", "is for 9 bytes, the array has 8")]
    [InlineData("01020000" + "08000000" + "05000000", "changes 5 elements of 2 bytes in 8 bytes")]
    [InlineData("01020000" + "08000000" + "ffffffff", "changes -1 elements of 2 bytes in 8 bytes")]
    [InlineData("01020000" + "08000000" + "02000000" + "00" + "0000", "ends before its values")]
    [InlineData("01020000" + "08000000" + "01000000" + "04" + "0000", "changes element 4 of 4")]
    [InlineData("01020000" + "08000000" + "01000000" + "80" + "0000", "has a place that does not end")]
    [InlineData("01020000" + "08000000" + "01000000" + "8080808080808001" + "0000", "has a place that does not end")]
    [InlineData("01020000" + "08000000" + "01000000" + "ffffffff7f" + "0000", "changes element 34359738367 of 4")]
    [InlineData("01020000" + "08000000" + "01000000" + "0000" + "0000", "has 1 bytes too many")]
    [InlineData("01020100" + "08000000" + "01000000" + "0100" + "0000", "has a mask of 2 bytes for 4 elements")]
    [InlineData("01020100" + "08000000" + "01000000" + "10" + "0000", "has a mask that does not fit its values")]
    [InlineData("01020100" + "08000000" + "01000000" + "03" + "0000", "has a mask that does not fit its values")]
    [InlineData("01020100" + "08000000" + "01000000" + "00" + "0000", "has a mask that does not fit its values")]
    public void WhatIsNoUpdate_IsRefused_WithOneSentence(string hex, string fault) =>
        Should.Throw<SparseUpdateException>(() => Applied(new byte[8], Convert.FromHexString(hex))).Message.ShouldBe($"The sparse update {fault}; fetch the whole piece instead.");

    private static Gen<(byte[] From, byte[] To)> PairGen() =>
        from length in Gen.Frequency((1, Gen.Choose(0, 3)), (4, Gen.Choose(4, 300)), (4, Gen.Choose(1, 1500).Select(n => 4 * n)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from density in Gen.Elements(0.0, 0.0005, 0.01, 0.1, 0.5, 0.9, 1.0)
        from run in Gen.Elements(1, 2, 4, 64)
        select Pair(new(seed), length, density, run);

    private static (byte[] From, byte[] To) Pair(Random random, int length, double density, int run)
    {
        var from = new byte[length];
        random.NextBytes(from);
        var to = from.ToArray();
        for (var i = 0; i < length; i += run)
        {
            if (random.NextDouble() < density) random.NextBytes(to.AsSpan(i, Math.Min(run, length - i)));
        }

        return (from, to);
    }

    private static Arbitrary<(byte[] From, byte[] To)> Pairs() => PairGen().ToArbitrary();

    private static Arbitrary<(byte[] From, byte[] Update)> Damaged() =>
        (from pair in PairGen()
         from kind in Gen.Choose(0, 3)
         from at in Gen.Choose(0, 99999)
         from value in Gen.Choose(0, 255)
         select (pair.From, Damage(SparseUpdate.Encode(pair.From, pair.To) ?? pair.To, kind, at, (byte)value))).ToArbitrary();

    private static byte[] Damage(byte[] update, int kind, int at, byte value)
    {
        if (update.Length == 0) return [value];
        at %= update.Length;
        if (kind == 0) return update[..at];
        if (kind == 1) return [.. update, value];
        var copy = update.ToArray();
        // Places and header more often than values, which may be anything.
        copy[kind == 2 ? at : Math.Min(at % 24, copy.Length - 1)] = value;
        return copy;
    }
}
