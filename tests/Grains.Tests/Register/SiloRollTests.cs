using PairUni.Contracts;

namespace PairUni.Grains.Tests;

public sealed class SiloRollTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SiloRoll _roll = new();

    [Fact]
    public void ASiloThatSaysNothing_IsNotListedAnyMore()
    {
        _roll.Seen(Silo("a"), Noon).ShouldBeTrue();
        _roll.Seen(Silo("b"), Noon).ShouldBeTrue();
        _roll.Seen(Silo("b"), Noon.AddSeconds(10)).ShouldBeFalse();
        _roll.Expire(Noon.AddSeconds(15)).ShouldBeFalse();
        _roll.Expire(Noon.AddSeconds(16)).ShouldBeTrue();
        _roll.Silos.Select(s => s.Name).ShouldBe(["b"]);
    }

    [Fact]
    public void WhatASiloSaidBeforeItLeft_DoesNotBringItBack()
    {
        _roll.Seen(Silo("a"), Noon);
        _roll.Left("a-1").ShouldBeTrue();
        _roll.Left("a-1").ShouldBeFalse();
        _roll.Seen(Silo("a"), Noon.AddSeconds(1)).ShouldBeFalse();
        _roll.Silos.ShouldBeEmpty();
        _roll.Seen(Silo("a", process: 2), Noon.AddSeconds(2)).ShouldBeTrue();
        _roll.Silos.Single().Joined.ShouldBe(Noon.AddSeconds(2));
    }

    [Fact]
    public void ANamesake_IsAnotherProcessAtAnotherAddress()
    {
        _roll.Seen(Silo("a"), Noon);
        _roll.Namesake(Silo("a")).ShouldBeNull();
        _roll.Namesake(Silo("a", process: 2)).ShouldBeNull("it took the address of the one before");
        _roll.Namesake(Silo("a", process: 2, port: 2))!.Instance.ShouldBe("a-1");
    }

    [Fact]
    public void AnotherRegistersSilos_AreListed_WithTheirTimeOfJoining_UntilTheyAreSilent()
    {
        _roll.Restore([Silo("a") with { Joined = Noon }], Noon.AddHours(1));
        _roll.Seen(Silo("a"), Noon.AddHours(1).AddSeconds(1)).ShouldBeFalse();
        _roll.Silos.Single().Joined.ShouldBe(Noon);
        _roll.Expire(Noon.AddHours(1).AddSeconds(17)).ShouldBeTrue();
    }

    private static SiloEntry Silo(string name, int process = 1, int port = 1) => Silos.Of(name, process, port);
}
