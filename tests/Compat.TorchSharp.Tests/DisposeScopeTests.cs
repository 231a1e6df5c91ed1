using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;

[Collection("alone")]
public class DisposeScopeTests
{
    [Fact]
    public void AScope_DisposesWhatItsThreadMadeInIt()
    {
        Tensor inner, kept, detached;
        using (var scope = NewDisposeScope())
        {
            inner = zeros(1);
            using (NewDisposeScope())
                kept = (inner + 1).MoveToOuterDisposeScope();
            detached = zeros(2).DetachFromDisposeScope();
            kept.IsInvalid.ShouldBeFalse();
            scope.DisposablesCount.ShouldBe(2);
            scope.Contains(kept).ShouldBeTrue();
        }

        inner.IsInvalid.ShouldBeTrue();
        kept.IsInvalid.ShouldBeTrue();
        detached.IsInvalid.ShouldBeFalse();
        detached.Dispose();
        CurrentDisposeScope.ShouldBeNull();
    }

    [Fact]
    public void WithoutAnOuterScope_AMovedTensorStaysValid()
    {
        Tensor moved;
        using (NewDisposeScope())
            moved = zeros(1).MoveToOuterDisposeScope();
        moved.IsInvalid.ShouldBeFalse();
        moved.Dispose();
    }

    [Fact]
    public void TheCount_ReturnsToWhatItWas_AfterAllKindsOfUse()
    {
        Settle();
        var before = Tensor.TotalCount;
        for (var round = 0; round < 3; round++)
        {
            using var scope = NewDisposeScope();
            var a = randn(4, 4, requires_grad: true);
            var b = a[0, 1..3] * 2 + 1;
            (b.sum() + a.softmax(1).max(1).values.sum()).backward();
            _ = a.grad;
            var (values, indices) = a.topk(2);
            values.split(1, 0)[0].Dispose();
            _ = a.unbind();
            _ = cat([a, a]).ToString();
            using (no_grad())
                a[a > 0] = 0f;
            Should.Throw<System.Runtime.InteropServices.ExternalException>(() => a.matmul(zeros(3)));
            Should.Throw<InvalidOperationException>(() => UseGone(a));
            nn.functional.scaled_dot_product_attention(randn(1, 2, 3), randn(1, 2, 3), randn(1, 2, 3), is_casual: true);
            nn.functional.normalize(a);
            scope.DisposeEverythingBut(indices);
            indices.IsInvalid.ShouldBeFalse();
        }

        Tensor.TotalCount.ShouldBe(before);
        Tensor.PeakCount.ShouldBeGreaterThan(before);

        static void UseGone(Tensor a)
        {
            var gone = a.clone();
            gone.Dispose();
            gone.add(1);
        }
    }

    [Fact]
    public void ATensorWithoutOwner_IsReleasedByTheGarbageCollector()
    {
        Settle();
        var before = Tensor.TotalCount;
        Drop();
        Settle();
        Tensor.TotalCount.ShouldBe(before);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Drop()
        {
            for (var i = 0; i < 100; i++)
                zeros(10).GetHashCode();
        }
    }

    [Fact]
    public void PinnedArrays_AreUnpinnedWithTheirTensor()
    {
        var weak = Make();
        Settle();
        weak.IsAlive.ShouldBeFalse();

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Make()
        {
            var array = new float[100];
            using var shared = from_array(array);
            shared.sum().Dispose();
            return new WeakReference(array);
        }
    }

    [Fact]
    public void Scopes_BelongToTheirThread()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = zeros(1));
        thread.Start();
        thread.Join();
        scope.Contains(other!).ShouldBeFalse();
        scope.Attach(other!);
        scope.Contains(other!).ShouldBeTrue();
    }

    [Fact]
    public void Statistics_CountInAndOutsideScopes()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        statistics.Reset();
        var outside = zeros(1);
        using (NewDisposeScope())
        {
            zeros(1).Dispose();
            zeros(1);
            zeros(1).DetachFromDisposeScope().Dispose();
        }

        outside.Dispose();
        statistics.CreatedOutsideScopeCount.ShouldBe(1);
        statistics.DisposedOutsideScopeCount.ShouldBe(2);
        statistics.CreatedInScopeCount.ShouldBe(3);
        statistics.DisposedInScopeCount.ShouldBe(2);
        statistics.DetachedFromScopeCount.ShouldBe(1);
        statistics.ThreadTotalLiveCount.ShouldBe(0);
    }

    [Fact]
    public void AScope_OwnsOtherDisposablesToo()
    {
        var stream = new MemoryStream();
        using (var scope = NewDisposeScope())
        {
            scope.Attach(stream);
            scope.DisposablesView.Count.ShouldBe(1);
        }

        stream.CanRead.ShouldBeFalse();
    }

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
