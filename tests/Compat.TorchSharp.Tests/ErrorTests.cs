using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

public class ErrorTests
{
    [Fact]
    public void NativeErrors_AreExceptionsWithTheFirstLineOfTheMessage()
    {
        Should.Throw<ExternalException>(() => zeros(2, 3).matmul(zeros(2, 3))).Message
            .ShouldBe("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
        Should.Throw<ExternalException>(() => zeros(2) + zeros(3)).Message
            .ShouldBe("The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0");
        Should.Throw<ExternalException>(() => zeros(2).view(3)).Message.ShouldStartWith("shape '[3]' is invalid for input of size 2");
        Should.Throw<ExternalException>(() => zeros(2).add_(zeros(3)));
        Should.Throw<ExternalException>(() => zeros(2).softmax(3));
        Should.Throw<ExternalException>(() => zeros(2)[5]);
        Should.Throw<ExternalException>(() => cat([zeros(1, 2), zeros(1, 3)]));
        Should.Throw<ExternalException>(() => zeros(2).sum().backward());
        Should.Throw<ExternalException>(() => einsum("ij,jk->ik", zeros(2, 2)));
        Should.Throw<ExternalException>(() => empty(-1));
    }

    [Fact]
    public void AnErrorOfOneThread_IsNotSeenByAnother()
    {
        var messages = new string[2];
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            for (var round = 0; round < 200; round++)
                messages[i] = Should.Throw<ExternalException>(() => zeros(2, i + 3).matmul(zeros(2, i + 3))).Message;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        messages[0].ShouldEndWith("(2x3 and 2x3)");
        messages[1].ShouldEndWith("(2x4 and 2x4)");
    }

    [Fact]
    public void ADisposedTensor_CannotBeUsed()
    {
        var gone = zeros(2);
        gone.Dispose();
        gone.Dispose();
        gone.IsInvalid.ShouldBeTrue();
        foreach (var use in new Action[] { () => _ = gone + 1, () => _ = gone.shape, () => gone.add_(1), () => cat([gone]), () => gone.copy_(zeros(2)), () => zeros(2).copy_(gone), () => _ = gone.dtype })
            Should.Throw<InvalidOperationException>(use).Message.ShouldBe("Tensor invalid -- empty handle.");
    }

    [Fact]
    public void AHugeAllocation_IsAnException() => Should.Throw<ExternalException>(() => empty(1L << 50));
}
