using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

public class DataTests
{
    [Fact]
    public void Item_NeedsTheExactType()
    {
        tensor(1.5).item<double>().ShouldBe(1.5);
        tensor(2f).item<float>().ShouldBe(2);
        tensor((byte)200).item<byte>().ShouldBe((byte)200);
        tensor(true).item<bool>().ShouldBeTrue();
        Should.Throw<ArgumentException>(() => tensor(1.5).item<float>());
        Should.Throw<ArgumentException>(() => zeros(2).item<float>());
    }

    [Fact]
    public void Conversions_TakeAnyType()
    {
        tensor(1.5).ToSingle().ShouldBe(1.5f);
        tensor(3).ToInt64().ShouldBe(3);
        ((float)tensor(2L)).ShouldBe(2);
        ((int)tensor(2.9)).ShouldBe(2);
        ((bool)tensor(1)).ShouldBeTrue();
        tensor(0.5f).bfloat16().ToDouble().ShouldBe(0.5);
        tensor(0.5).ToScalar().ToDouble().ShouldBe(0.5);
    }

    [Fact]
    public void Data_ReadsAndWritesInRowMajorOrder()
    {
        var a = arange(6, float32).reshape(2, 3);
        a.data<float>().ToArray().ShouldBe([0, 1, 2, 3, 4, 5]);
        a.t().data<float>().ToArray().ShouldBe([0, 3, 1, 4, 2, 5]);
        var data = a.data<float>();
        data[1, 2].ShouldBe(5);
        data[3] = 9;
        a[1, 0].item<float>().ShouldBe(9);
        data.CopyFrom(new[] { 7f, 8f }, tensorIndex: 4);
        a[1].ShouldHold(9, 7, 8);
        data.Count.ShouldBe(6);
        Should.Throw<ArgumentException>(() => a.data<int>());
        Should.Throw<IndexOutOfRangeException>(() => a.data<float>()[6]);
        ((float[,])a.data<float>().ToNDArray())[1, 1].ShouldBe(7);
    }

    [Fact]
    public void Bytes_AreTheMemoryItself()
    {
        var a = tensor(new[] { 1f, 2f });
        a.bytes.Length.ShouldBe(8);
        BitConverter.ToSingle(a.bytes[4..]).ShouldBe(2);
        a.bytes[..4].Clear();
        a.ShouldHold(0, 2);
        Should.Throw<InvalidOperationException>(() => arange(4).reshape(2, 2).t().bytes.Length);
    }

    [Fact]
    public void BFloat16_RoundsToNearestEven()
    {
        var b = tensor(new[] { 1.00390625f, 3.14159f }).bfloat16();
        b.ReadCpuBFloat16(0).ShouldBe(1);
        b.ReadCpuBFloat16(1).ShouldBe(3.140625f);
        b.element_size().ShouldBe(2);
        b.bytes.Length.ShouldBe(4);
    }

    [Fact]
    public void Streams_CarryRawBytes()
    {
        var a = randn(300, 1000);
        using var stream = new MemoryStream();
        a.WriteBytesToStream(stream);
        stream.Length.ShouldBe(1_200_000);
        stream.Position = 0;
        var b = zeros(300, 1000);
        b.ReadBytesFromStream(stream);
        b.Equals(a).ShouldBeTrue();
        Should.Throw<EndOfStreamException>(() => b.ReadBytesFromStream(stream));
    }

    [Fact]
    public void To_ConvertsCopiesOrAliases()
    {
        var a = tensor(new[] { 1.7f });
        a.to(int64).item<long>().ShouldBe(1);
        a.to(float32).Handle.ShouldBe(a.Handle);
        a.to(float32, copy: true).Handle.ShouldNotBe(a.Handle);
        a.cpu().Handle.ShouldBe(a.Handle);
        a.to(float64, CPU).dtype.ShouldBe(ScalarType.Float64);
        a.to(float64, disposeAfter: true).IsInvalid.ShouldBeFalse();
        a.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void SaveAndLoad_KeepTypeShapeAndValues()
    {
        foreach (var original in new[] { randn(2, 3), arange(5), tensor(true), randn(2, 2).bfloat16(), zeros(0, 3) })
        {
            using var stream = new MemoryStream();
            original.Save(stream);
            stream.Position = 0;
            var loaded = Tensor.Load(stream);
            loaded.dtype.ShouldBe(original.dtype);
            loaded.shape.ShouldBe(original.shape);
            loaded.Equals(original).ShouldBeTrue();
        }
    }

    [Fact]
    public void Load_OfOtherBytes_SaysThatTheyAreNoTensor()
    {
        Should.Throw<InvalidDataException>(() => Tensor.Load(new MemoryStream([8, 1, 1])));
        Should.Throw<InvalidDataException>(() => Tensor.Load(new MemoryStream([6, 1, 100, 0, 0])));
        Should.Throw<InvalidDataException>(() => Tensor.Load(new MemoryStream([6, 127])));
    }
}
