using PairUni.Data.Augmentation;

namespace PairUni.Data.Tests.Augmentation;

public sealed class BackoffTests
{
    private static readonly Backoff Backoff = new() { First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(10) };
    private static readonly string Key = new('a', 32);

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(3, 2, 4)]
    [InlineData(60, 5, 10)]
    public void AWait_Doubles_WithinItsJitter(int failures, double least, double most) =>
        Backoff.Wait(failures, null, 1, Key).TotalSeconds.ShouldBeInRange(least, most);

    [Fact]
    public void WhatIsAskedFor_IsTheLeast_AndTheSameSeedWaitsTheSame()
    {
        Backoff.Wait(1, TimeSpan.FromSeconds(30), 1, Key).TotalSeconds.ShouldBeInRange(30, 30.25);
        Backoff.Wait(2, null, 1, Key).ShouldBe(Backoff.Wait(2, null, 1, Key));
        Backoff.Wait(2, null, 2, Key).ShouldNotBe(Backoff.Wait(2, null, 1, Key));
    }
}
