using PairUni.Modeling.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Devices;

public class DeviceLoopTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Work_RunsInOrderOnOneThreadOfItsOwn()
    {
        await using var loop = new DeviceLoop("cpu-0", CPU, threads: 1);
        var order = new List<int>();
        Task<int>[] tasks = [.. Enumerable.Range(0, 20).Select(i => loop.Run(() =>
        {
            order.Add(i);
            return Environment.CurrentManagedThreadId;
        }))];
        int[] threads = await Task.WhenAll(tasks).WaitAsync(Bound);
        order.ShouldBe(Enumerable.Range(0, 20));
        threads.Distinct().Count().ShouldBe(1);
        threads[0].ShouldNotBe(Environment.CurrentManagedThreadId);
        (await loop.Run(() => Thread.CurrentThread.Name)).ShouldBe("cpu-0");
    }

    [Fact]
    public async Task AFault_ReachesItsCallerAndTheLoopGoesOn()
    {
        await using var loop = new DeviceLoop("cpu-0", CPU, threads: 1);
        Task<int> failing = loop.Run<int>(() => throw new InvalidOperationException("out of luck"));
        (await Should.ThrowAsync<InvalidOperationException>(() => failing.WaitAsync(Bound))).Message.ShouldBe("out of luck");
        (await loop.Run(() => 7).WaitAsync(Bound)).ShouldBe(7);
    }

    [Fact]
    public async Task Tensors_DieWithTheirItem()
    {
        await using var loop = new DeviceLoop("cpu-0", CPU, threads: 1);
        Tensor? kept = null;
        double sum = await loop.Run(() =>
        {
            kept = ones(2, 3);
            return kept.sum().ToDouble();
        }).WaitAsync(Bound);
        sum.ShouldBe(6);
        kept!.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public async Task Disposal_FinishesWhatIsQueuedAndThenRefuses()
    {
        var loop = new DeviceLoop("cpu-0", CPU, threads: 1);
        using var gate = new ManualResetEventSlim();
        Task<bool> first = loop.Run(() => gate.Wait(Bound));
        Task<int> second = loop.Run(() => 2);
        Task disposal = loop.DisposeAsync().AsTask();
        disposal.IsCompleted.ShouldBeFalse();
        gate.Set();
        await disposal.WaitAsync(Bound);
        (await first).ShouldBeTrue();
        (await second).ShouldBe(2);
        (await Should.ThrowAsync<ObjectDisposedException>(() => loop.Run(() => 3))).Message.ShouldContain("cpu-0");
    }

    [Fact]
    public async Task CancelledWork_DoesNotRun()
    {
        await using var loop = new DeviceLoop("cpu-0", CPU, threads: 1);
        using var gate = new ManualResetEventSlim();
        Task<bool> first = loop.Run(() => gate.Wait(Bound));
        using var cancellation = new CancellationTokenSource();
        bool ran = false;
        Task<bool> second = loop.Run(() => ran = true, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second.WaitAsync(Bound));
        gate.Set();
        await first.WaitAsync(Bound);
        await loop.Run(() => 0).WaitAsync(Bound);
        ran.ShouldBeFalse();
    }
}
