namespace PairUni.Algorithms.Tests;

public sealed class ClaimSizeTests
{
    [Theory]
    [InlineData(4, 16, 0, 0, 4)] // nothing is known yet
    [InlineData(4, 16, 0, 10, 4)] // nothing of this one
    [InlineData(8, 16, 3, 12, 4)] // a quarter of the speed gets a quarter
    [InlineData(8, 15, 3, 12, 3)] // rounded down, so that something is left
    [InlineData(8, 16, 12, 12, 8)] // alone: as many as a claim may have
    [InlineData(8, 16, 0.1, 12, 1)] // a slow one still gets one
    [InlineData(8, 0, 3, 12, 1)] // nothing open: whatever opens next
    public void AWorker_GetsItsShareBySpeed(int most, int open, double speed, double speeds, int expected) =>
        ClaimSize.Of(most, open, speed, speeds).ShouldBe(expected);
}
