using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

public class ShapeTests
{
    private readonly Tensor a = arange(6).reshape(2, 3);

    [Fact]
    public void Views_ShareMemory()
    {
        var view = a.view(3, 2);
        view[0, 0] = tensor(9L);
        a[0, 0].item<long>().ShouldBe(9);
        a.transpose(0, 1)[0, 0].item<long>().ShouldBe(9);
        a.alias().data<long>()[0].ShouldBe(9);
    }

    [Fact]
    public void Rearrangements_AgreeWithPyTorch()
    {
        a.t().shape.ShouldBe([3, 2]);
        a.transpose(0, 1).is_contiguous().ShouldBeFalse();
        a.transpose(0, 1).contiguous().ShouldHold(0, 3, 1, 4, 2, 5);
        a.permute(1, 0).stride().ShouldBe([1, 3]);
        a.unsqueeze(1).shape.ShouldBe([2, 1, 3]);
        a.unsqueeze(1).squeeze(1).shape.ShouldBe([2, 3]);
        a.unsqueeze(0).squeeze().shape.ShouldBe([2, 3]);
        a.flatten().shape.ShouldBe([6]);
        a.unflatten(1, 3, 1).shape.ShouldBe([2, 3, 1]);
        a.unsqueeze(0).expand(4, -1, -1).shape.ShouldBe([4, 2, 3]);
        a.repeat(2, 1).shape.ShouldBe([4, 3]);
        a.repeat_interleave(2, 0).ShouldHold(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        a.flip(1).ShouldHold(2, 1, 0, 5, 4, 3);
        a.roll(1, 1).ShouldHold(2, 0, 1, 5, 3, 4);
        a.tril().ShouldHold(0, 0, 0, 3, 4, 0);
        a.triu(1).ShouldHold(0, 1, 2, 0, 0, 5);
        a.narrow(1, 1, 2).ShouldHold(1, 2, 4, 5);
        a.select(0, -1).ShouldHold(3, 4, 5);
        a.slice(1, 0, 3, 2).ShouldHold(0, 2, 3, 5);
        a.mT.shape.ShouldBe([3, 2]);
        a.size(-1).ShouldBe(3);
        Should.Throw<IndexOutOfRangeException>(() => a.size(2));
    }

    [Fact]
    public void Splits_AreTheExpectedPieces()
    {
        a.split(2, 1).Select(part => part.size(1)).ShouldBe([2, 1]);
        a.split(new long[] { 1, 2 }, 1)[1].ShouldHold(1, 2, 4, 5);
        a.chunk(2, 0)[1].ShouldHold(3, 4, 5);
        a.unbind(1).Length.ShouldBe(3);
        arange(12).split(1).Length.ShouldBe(12);
        cat([a, a], 1).shape.ShouldBe([2, 6]);
        stack([a, a], 2).shape.ShouldBe([2, 3, 2]);
        meshgrid([arange(2), arange(3)])[0].ShouldHold(0, 0, 0, 1, 1, 1);
    }

    [Fact]
    public void Indexing_ReadsLikePyTorch()
    {
        var b = arange(24).reshape(2, 3, 4);
        b[1].shape.ShouldBe([3, 4]);
        b[1, 2].ShouldHold(20, 21, 22, 23);
        b[1, 2, 3].item<long>().ShouldBe(23);
        b[^1, ^1, ^1].item<long>().ShouldBe(23);
        b[.., 1..3, 0].ShouldHold(4, 8, 16, 20);
        b[TensorIndex.Ellipsis, 0].ShouldHold(0, 4, 8, 12, 16, 20);
        b[TensorIndex.None, 0].shape.ShouldBe([1, 3, 4]);
        b[TensorIndex.Slice(0, 2, 2), TensorIndex.Colon].shape.ShouldBe([1, 3, 4]);
        b[b > 21].ShouldHold(22, 23);
        b[tensor(new long[] { 1, 0 })].shape.ShouldBe([2, 3, 4]);
        b[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1..2].ShouldHold(9, 1, 21, 13);
        b[TensorIndex.Tensor(tensor(new[,] { { true, false, true }, { false, false, true } })), TensorIndex.Tensor(tensor(new long[] { 0, 1, 2 }))].ShouldHold(0, 9, 22);
        Should.Throw<ArgumentException>(() => b[0, 1..2, 0, 1..2]);
    }

    [Fact]
    public void Indexing_WritesThrough()
    {
        var b = zeros(2, 3);
        b[0] = ones(3);
        b[1, 2] = 5f;
        b[.., 0] = tensor(new[] { 7f, 8f });
        b.ShouldHold(7, 1, 1, 8, 0, 5);
        b[b > 6] = tensor(-1f);
        b.ShouldHold(-1, 1, 1, -1, 0, 5);
        b.index_put_(2, TensorIndex.Single(0), TensorIndex.Slice(1, 3));
        b.ShouldHold(-1, 2, 2, -1, 0, 5);
        var counts = zeros(3);
        counts.index_put_(ones(4), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        counts.ShouldHold(1, 0, 3);
    }

    [Fact]
    public void GatherAndScatter_AgreeWithPyTorch()
    {
        var index = tensor(new long[,] { { 2, 0 }, { 1, 1 } });
        a.gather(1, index).ShouldHold(2, 0, 4, 4);
        zeros(2, 3, dtype: int64).scatter_(1, index, ones(2, 2, dtype: int64)).ShouldHold(1, 0, 1, 0, 1, 0);
        zeros(2, 3, dtype: int64).scatter_add_(1, index, ones(2, 2, dtype: int64)).ShouldHold(1, 0, 1, 0, 2, 0);
        a.index_select(1, tensor(new long[] { 2, 2 })).ShouldHold(2, 2, 5, 5);
        zeros(3).index_add_(0, tensor(new long[] { 0, 0 }), tensor(new[] { 1f, 2f }), 2).ShouldHold(6, 0, 0);
        zeros(3).index_copy_(0, tensor(new long[] { 2 }), tensor(new[] { 4f })).ShouldHold(0, 0, 4);
        a.masked_fill(a > 3, -1).ShouldHold(0, 1, 2, 3, -1, -1);
        a.masked_select(a > 3).ShouldHold(4, 5);
        (a > 3).nonzero().ShouldHold(1, 1, 1, 2);
    }
}
