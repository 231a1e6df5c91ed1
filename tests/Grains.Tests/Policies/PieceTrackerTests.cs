using PairUni.Contracts;

namespace PairUni.Grains.Tests;

public class PieceTrackerTests
{
    private static readonly WeightManifest Manifest = new()
    {
        Version = 1,
        Chunks = [.. Enumerable.Range(0, 8).Select(i => new WeightChunk { Hash = $"{i}", Length = 1 })],
        Bytes = 8,
        ModelFingerprint = "f",
        Digest = "d",
        Source = "maker",
    };

    private readonly ManualTime _time = new();
    private readonly PieceTracker _tracker;

    public PieceTrackerTests() => _tracker = new(Manifest, _time);

    [Fact]
    public void TheMaker_SendsEachPieceOnce()
    {
        var grants = new[] { "a", "b", "c" }.SelectMany(w => Claim(w, [], All, 4)).ToArray();
        grants.ShouldAllBe(g => g.Source == "maker");
        grants.Select(g => g.Piece).Order().ShouldBe(All);
        Claim("d", [], All, 4).ShouldBeEmpty("every piece is on its way to somebody who will have it");
    }

    [Fact]
    public void WhatSomebodyHas_ComesFromIt_AndNotFromTheMaker()
    {
        Claim("a", All, [], 0);
        Claim("b", [], All, 8).ShouldAllBe(g => g.Source == "a");
    }

    [Fact]
    public void TheLeastBusyHolder_IsAskedFirst()
    {
        Claim("a", All, [], 0);
        Claim("b", All, [], 0);
        Claim("c", [], All, 8).CountBy(g => g.Source).Select(c => c.Value).ShouldBe([4, 4]);
    }

    [Fact]
    public void AHolderThatFailed_IsAvoidedForAWhile()
    {
        Claim("a", All, [], 0);
        Claim("b", [], All, 8, failed: "a").ShouldAllBe(g => g.Source == "maker");
        _time.Advance(PieceTracker.AvoidTime);
        Claim("c", [], All, 8).ShouldAllBe(g => g.Source == "a");
    }

    [Fact]
    public void APieceThatDidNotArriveInTime_IsGrantedAgain()
    {
        Claim("a", [], All, 8).Length.ShouldBe(8);
        Claim("b", [], All, 8).ShouldBeEmpty();
        _time.Advance(PieceTracker.GrantLimit);
        Claim("b", [], All, 8).Length.ShouldBe(8);
    }

    [Fact]
    public void APieceOfAClaimantThatSaysNothingAnyMore_IsGrantedToWhoeverWaits()
    {
        Claim("a", [], All, 8).Length.ShouldBe(8);
        _time.Advance(PieceTracker.QuietLimit - TimeSpan.FromMilliseconds(1));
        Claim("b", [], All, 8).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Claim("b", [], All, 8).Length.ShouldBe(8);
        Claim("c", [], All, 8).ShouldBeEmpty("they are b's now");
    }

    [Fact]
    public void APieceOfAClaimantThatStillClaims_StaysItsOwn()
    {
        Claim("a", [], All, 8).Length.ShouldBe(8);
        _time.Advance(PieceTracker.QuietLimit);
        Claim("a", [], [], 0);
        Claim("b", [], All, 8).ShouldBeEmpty();
    }

    [Fact]
    public void APieceThatIsWantedAgain_IsGrantedAgainAtOnce()
    {
        Claim("a", [], All, 8);
        Claim("a", [], All, 8).Length.ShouldBe(8);
    }

    [Fact]
    public void ASilentHolder_IsForgotten()
    {
        Claim("a", All, [], 0);
        _time.Advance(PieceTracker.SilenceLimit + TimeSpan.FromSeconds(1));
        Claim("b", [], All, 8).ShouldAllBe(g => g.Source == "maker");
        _tracker.Holders.ShouldBe(1);
    }

    [Fact]
    public void Claims_AreBounded()
    {
        Claim("a", All, [], 0);
        Claim("b", [], All, int.MaxValue).Length.ShouldBe(8);
        Claim("b", [], All, -1).ShouldBeEmpty();
        _tracker.Claim(new() { Version = 1, Digest = "d", Holder = "c", Held = new byte[99], Wanted = Enumerable.Repeat((byte)255, 99).ToArray(), MaxPieces = 99, Failed = ["x"] })
            .ShouldAllBe(g => g.Piece < 8);
        for (var i = 0; i < PieceTracker.MaxHolders + 5; i++) Claim($"w{i}", [], [], 0);
        _tracker.Holders.ShouldBe(PieceTracker.MaxHolders);
    }

    private static int[] All => [.. Enumerable.Range(0, 8)];

    private PieceGrant[] Claim(string holder, int[] held, int[] wanted, int max, params string[] failed) => _tracker.Claim(new()
    {
        Version = 1,
        Digest = "d",
        Holder = holder,
        Held = Set(held),
        Wanted = Set(wanted),
        MaxPieces = max,
        Failed = failed,
    });

    private static byte[] Set(int[] pieces)
    {
        var set = WeightPieces.None(Manifest);
        foreach (var piece in pieces) WeightPieces.Add(set, piece);
        return set;
    }
}
