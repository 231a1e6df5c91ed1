using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Compat.TorchSharp.Tests;

[Collection("alone")]
public class ConcurrencyTests
{
    [Fact]
    public void TwoThreads_TrainSideBySide_AndGetWhatOneAloneGets()
    {
        set_num_threads(1);
        get_num_threads().ShouldBe(1);
        var alone = Train(3);
        var results = new double[2][];
        Exception? failure = null;
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            try
            {
                results[i] = Train(3);
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        failure.ShouldBeNull();
        results[0].ShouldBe(alone);
        results[1].ShouldBe(alone);
    }

    [Fact]
    public void DisposingOnAnotherThread_IsSafe()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        var made = Enumerable.Range(0, 500).Select(_ => zeros(16)).ToList();
        Parallel.ForEach(made, new ParallelOptions { MaxDegreeOfParallelism = 4 }, tensor =>
        {
            tensor.add_(1);
            tensor.Dispose();
        });
        Tensor.TotalCount.ShouldBe(before);
    }

    private static double[] Train(ulong seed)
    {
        using var outer = NewDisposeScope();
        using var generator = new Generator(seed);
        var weight = nn.Parameter(randn(16, 16, generator: generator));
        using var optimizer = optim.AdamW([weight], lr: 0.01);
        var losses = new List<double>();
        for (var step = 0; step < 25; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var x = randn(32, 16, generator: generator);
            var loss = F.mse_loss(F.silu(x.matmul(weight)).softmax(1), x.softmax(1));
            loss.backward();
            optimizer.step();
            losses.Add(loss.ToDouble());
        }

        weight.Dispose();
        return [.. losses];
    }
}
