using Orleans;

namespace PairUni.Compat.Orleans;

public interface IListener : IGrainObserver
{
    Task Heard(string text);

    Task<int> Answer(int question);
}

public interface ISpeakerGrain : IGrainWithStringKey
{
    Task Subscribe(IListener listener);

    Task Speak(string text);

    Task<int> Ask(int question);
}

public sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    private readonly List<IListener> _listeners = [];

    public Task Subscribe(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task Speak(string text) => Task.WhenAll(_listeners.Select(listener => listener.Heard(text)));

    public Task<int> Ask(int question) => _listeners[0].Answer(question);
}

public sealed class Listener : IListener
{
    public List<string> Texts { get; } = [];

    public async Task Heard(string text)
    {
        await Task.Yield();
        Texts.Add(text);
    }

    public Task<int> Answer(int question) => question == 0 ? throw new InvalidTimeZoneException("no answer") : Task.FromResult(question + 1);
}

public class ObserverTests
{
    [Fact]
    public async Task A_grain_calls_an_object_outside_of_grains()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        var listener = new Listener();
        var reference = first.Grains.CreateObjectReference<IListener>(listener);
        foreach (var silo in new[] { first, second })
        {
            var speaker = silo.Grains.GetGrain<ISpeakerGrain>("s" + silo.Endpoint);
            await speaker.Subscribe(reference);
            await speaker.Speak("hello");
            (await speaker.Ask(41)).ShouldBe(42);
            await Should.ThrowAsync<InvalidTimeZoneException>(() => speaker.Ask(0));
        }

        listener.Texts.ShouldBe(["hello", "hello"]);
        first.Grains.DeleteObjectReference<IListener>(listener);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task The_object_itself_cannot_be_sent()
    {
        await using var silo = await TestSilo.Start();
        await Should.ThrowAsync<Exception>(() => silo.Grains.GetGrain<ISpeakerGrain>("s").Subscribe(new Listener()));
    }
}
