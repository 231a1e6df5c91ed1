using PairUni.Data.Augmentation;

namespace PairUni.Data.Tests.Augmentation;

public sealed class AccountTests
{
    private static readonly TokenCount Ten = new(9, 1);

    [Fact]
    public async Task WhatIsReserved_CountsUntilItIsSettled()
    {
        var account = new Account(new() { Tokens = 25 }, new(4, 0));
        (await account.Reserve(Ten, default)).ShouldBe(Ten);
        (await account.Reserve(Ten, default)).ShouldBe(Ten);
        var third = account.Reserve(Ten, default).AsTask();
        third.IsCompleted.ShouldBeFalse("4 spent, 20 reserved and 10 more are 34");
        account.Settle(Ten, new(2, 0));
        third.IsCompleted.ShouldBeFalse("6 spent, 10 reserved and 10 more are 26");
        account.Settle(Ten, Ten);
        (await third).ShouldBeNull("16 spent and 10 more are 26, and nothing is under way");
    }

    [Fact]
    public async Task AnInquiryThatTurnsOutCheaper_MakesRoom()
    {
        var account = new Account(new() { Tokens = 20 }, default);
        var first = await account.Reserve(new(15, 0), default);
        var second = account.Reserve(new(15, 0), default).AsTask();
        account.Settle(first!.Value, new(5, 0));
        (await second).ShouldBe(new TokenCount(15, 0));
        account.Exhausted.ShouldBeFalse();
    }

    [Fact]
    public async Task WhenNothingIsUnderWay_TheBudgetIsReached_ForAllThatFollows()
    {
        var account = new Account(new() { Tokens = 9 }, default);
        (await account.Reserve(Ten, default)).ShouldBeNull();
        account.Exhausted.ShouldBeTrue();
        (await account.Reserve(new(1, 0), default)).ShouldBeNull();
    }

    [Fact]
    public async Task ABoundThatTurnedOutTooLow_IsNotTrustedAgain()
    {
        var account = new Account(new(), default);
        account.Settle((await account.Reserve(Ten, default))!.Value, new(100, 7));
        (await account.Reserve(Ten, default)).ShouldBe(new TokenCount(100, 7));
        account.Spent.ShouldBe(new TokenCount(100, 7));
    }

    [Fact]
    public void MoneyIsTokensTimesPrices() =>
        new AccountOptions { InputPrice = 2.5m, OutputPrice = 10m }.Price(new(1_000_000, 200_000)).ShouldBe(4.5m);
}
