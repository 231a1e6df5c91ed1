using System.Threading.Channels;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using PairUni.Cli.Chaos;

namespace PairUni.Compat.Orleans;

/// <summary>What calls carry between processes, from a silo that does not host the class and from a client.</summary>
public sealed class RemoteCallTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private RemoteSilo _post = null!;
    private RemoteSilo _stamp = null!;
    private RemoteClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        _post = await RemoteSilo.Start(_redis.ConnectionString, "post", Small, [typeof(PostGrain)]);
        _stamp = await RemoteSilo.Start(_redis.ConnectionString, "stamp", Small, [typeof(StampGrain)]);
        _client = await RemoteClient.Start(
            _redis.ConnectionString, client => client.Configure<ClientMessagingOptions>(options => options.MaxMessageBodySize = 1_000_000));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _stamp.DisposeAsync();
        await _post.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnException_KeepsTypeAndMessage_WhenAMessageCanMakeIt(bool client)
    {
        var grain = Grain(client, "a");
        (await Should.ThrowAsync<ParcelLostException>(() => grain.Throw("own"))).Message.ShouldBe("no parcel");
        var argument = await Should.ThrowAsync<ArgumentNullException>(() => grain.Throw("argument"));
        argument.Message.ShouldBe("it must be there (Parameter 'parcel')");
        var outer = await Should.ThrowAsync<InvalidOperationException>(() => grain.Throw("inner"));
        outer.InnerException.ShouldBeOfType<ParcelLostException>().Message.ShouldBe("inner");
        outer.StackTrace!.ShouldContain(nameof(PostGrain));
    }

    [Fact]
    public async Task AnException_ThatNoMessageCanMake_ComesAsOneThatNamesIt()
    {
        var exception = await Should.ThrowAsync<Exception>(() => Grain(false, "a").Throw("odd"));
        exception.GetType().ShouldBe(typeof(Exception));
        exception.Message.ShouldBe("PairUni.Compat.Orleans.OddException: odd 7");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ValuesOfManyTypes_ComeBackEqual(bool client)
    {
        var grain = Grain(client, "a");
        object[] values =
        [
            1, 2L, 3.5, 4.5f, true, 'c', "text", 12.34m, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), TimeSpan.FromMilliseconds(7),
            new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Local), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            DayOfWeek.Friday, _post.Address, new Uri("http://localhost/x"), (1, "two"), (1, 2, 3, 4, 5, 6, 7, 8, 9),
        ];
        foreach (var value in values)
        {
            (await grain.Any(value)).ShouldBe(value);
        }

        ((List<string>)(await grain.Any(new List<string> { "a", "b" }))!).ShouldBe(["a", "b"]);
        ((int[])(await grain.Any(new[] { 1, 2 }))!).ShouldBe([1, 2]);
        ((Dictionary<string, int>)(await grain.Any(new Dictionary<string, int> { ["a"] = 1 }))!)["a"].ShouldBe(1);
        ((Parcel)(await grain.Any(new Parcel("p", [1], default)))!).Label.ShouldBe("p");
        (await grain.Any(null)).ShouldBeNull();
        var itself = (IPostGrain)(await grain.Any(grain))!;
        itself.ShouldBe(grain);
        (await itself.Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task AValue_ThatNothingCanCarry_FailsTheCallWithItsName()
    {
        var exception = await Should.ThrowAsync<SerializerException>(() => Grain(true, "a").Any(new System.Text.StringBuilder()));
        exception.Message.ShouldContain("System.Text.StringBuilder");
        (await Grain(true, "a").Add(1)).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestContext_Travels(bool client)
    {
        RequestContext.Set("who", "me");
        (await Grain(client, "a").Context("who")).ShouldBe("me");
        RequestContext.Clear();
        (await Grain(client, "a").Context("who")).ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACallersCancellation_ReachesTheGrain(bool client)
    {
        using var source = new CancellationTokenSource();
        var call = Grain(client, "a").Cancellable(source.Token);
        await _post.Probe.Next("running");
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await _post.Probe.Next("cancelled");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AStream_IsReadInBatches(bool client)
    {
        var labels = new List<string>();
        await foreach (var parcel in Grain(client, "a").Many(250).WithBatchSize(40))
        {
            labels.Add(parcel.Label);
        }

        labels.ShouldBe(Enumerable.Range(0, 250).Select(i => $"{i}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnObserver_IsCalled_InTheProcessThatItLivesIn(bool client)
    {
        var observer = new Observer();
        var grains = client ? _client.Grains : _stamp.Grains;
        var reference = grains.CreateObjectReference<IPostObserver>(observer);
        var grain = Grain(client, "a");
        await grain.Subscribe(reference);
        await grain.Notify("one");
        await grain.Notify("two");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await observer.Heards.Reader.ReadAsync(limit.Token)).ShouldBe("one");
        (await observer.Heards.Reader.ReadAsync(limit.Token)).ShouldBe("two");
        GC.KeepAlive(observer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AOneWayCall_IsRun(bool client)
    {
        await Grain(client, "a").Drop("it");
        (await _post.Probe.Next("dropped")).ShouldBe("it");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACallWithoutAnAnswer_EndsAfterItsTimeLimit(bool client)
    {
        var exception = await Should.ThrowAsync<TimeoutException>(() => Grain(client, "a").Slow("never"));
        exception.Message.ShouldContain("00:00:01");
        _post.Probe.Open("never");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AMessageBeyondTheLimit_FailsItsCallAlone(bool client)
    {
        var grain = Grain(client, "a");
        var exception = await Should.ThrowAsync<OrleansException>(() => grain.Echo(new Parcel("big", [], new byte[2_000_000])));
        exception.Message.ShouldContain(nameof(MessagingOptions.MaxMessageBodySize));
        (await grain.Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task ALargeMessage_Arrives()
    {
        var bytes = new byte[900_000];
        new Random(3).NextBytes(bytes);
        var answer = await Grain(true, "a").Echo(new Parcel("large", [], bytes));
        answer.Bytes.Span.SequenceEqual(bytes).ShouldBeTrue();
    }

    private static void Small(ISiloBuilder silo) => silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = 1_000_000);

    private IPostGrain Grain(bool client, string key) => (client ? (IGrainFactory)_client.Grains : _stamp.Grains).GetGrain<IPostGrain>(key);

    private sealed class Observer : IPostObserver
    {
        public Channel<string> Heards { get; } = Channel.CreateUnbounded<string>();

        public void Heard(string text) => Heards.Writer.TryWrite(text);
    }
}
