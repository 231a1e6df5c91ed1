using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Llama;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class RotaryTableTests
{
    private static readonly LlamaConfig Config = new() { HiddenSize = 32, IntermediateSize = 48, Layers = 1, Heads = 2, KeyValueHeads = 2, VocabSize = 64, MaxPositions = 4096 };

    [Fact]
    public async Task ThreadsThatNeedItFirstAtTheSameTime_ReadTheSameTable()
    {
        // The decoders keep its address.
        for (var round = 0; round < 20; round++)
        {
            using var rotary = new RotaryTable(Config, new Layers(CPU, ScalarType.Float32));
            using var start = new Barrier(4);
            var tables = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return (rotary.Cos_PH(40), rotary.Sin_PH(40));
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            tables.Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void ALongerTable_LeavesAShorterOneInUseAsItIs()
    {
        using var rotary = new RotaryTable(Config, new Layers(CPU, ScalarType.Float32));
        var (cos, sin) = (rotary.Cos_PH(100), rotary.Sin_PH(100));
        var before = (cos.data<float>().ToArray(), sin.data<float>().ToArray());
        rotary.Cos_PH(3000).size(0).ShouldBeGreaterThanOrEqualTo(3000);
        cos.data<float>().ToArray().ShouldBe(before.Item1);
        sin.data<float>().ToArray().ShouldBe(before.Item2);
        rotary.Cos_PH(3000).data<float>().ToArray()[..before.Item1.Length].ShouldBe(before.Item1);
    }
}
