using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

public class FactoryTests
{
    [Fact]
    public void Factories_HaveTheElementTypesOfTheRealPackage()
    {
        tensor(1).dtype.ShouldBe(ScalarType.Int32);
        tensor(1L).dtype.ShouldBe(ScalarType.Int64);
        tensor(1.0).dtype.ShouldBe(ScalarType.Float64);
        tensor(1f).dtype.ShouldBe(ScalarType.Float32);
        tensor(true).dtype.ShouldBe(ScalarType.Bool);
        tensor(new[] { 1.0, 2 }).dtype.ShouldBe(ScalarType.Float64);
        arange(5).dtype.ShouldBe(ScalarType.Int64);
        arange(0, 1, 0.1).dtype.ShouldBe(ScalarType.Float32);
        full(2, 2, 1).dtype.ShouldBe(ScalarType.Int64);
        zeros(2).dtype.ShouldBe(ScalarType.Float32);
        randint(0, 5, new long[] { 2 }).dtype.ShouldBe(ScalarType.Int64);
        randperm(4).dtype.ShouldBe(ScalarType.Int64);
    }

    [Fact]
    public void Factories_FillWithTheirValues()
    {
        zeros(2, 2).ShouldHold(0, 0, 0, 0);
        ones(3, dtype: int32).ShouldHold(1, 1, 1);
        full(new long[] { 2 }, 2.5).ShouldHold(2.5, 2.5);
        arange(1, 7, 2).ShouldHold(1, 3, 5);
        eye(2).ShouldHold(1, 0, 0, 1);
        linspace(0, 1, 5).ShouldHold(0, 0.25, 0.5, 0.75, 1);
        full_like(zeros(2), 3).ShouldHold(3, 3);
        tril_indices(2, 2).ShouldHold(0, 1, 1, 0, 0, 1);
        empty(2, 3, 4, 5).shape.ShouldBe([2, 3, 4, 5]);
        zeros((ReadOnlySpan<long>)[1, 2]).shape.ShouldBe([1, 2]);
    }

    [Fact]
    public void Tensor_CopiesItsArray()
    {
        var array = new[] { 1f, 2f };
        var made = tensor(array);
        array[0] = 9;
        made.ShouldHold(1, 2);
    }

    [Fact]
    public void FromArray_SharesTheMemoryOfItsArray()
    {
        var array = new[,] { { 1f, 2f }, { 3f, 4f } };
        var made = from_array(array);
        array[1, 1] = 9;
        made.shape.ShouldBe([2, 2]);
        made.ShouldHold(1, 2, 3, 9);
        made.add_(1);
        array[0, 0].ShouldBe(2);
    }

    [Fact]
    public void FromBuffer_ReadsPartOfAnArrayAsAnotherType()
    {
        var bytes = new byte[12];
        BitConverter.TryWriteBytes(bytes.AsSpan(4), 1.5f);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), -2f);
        frombuffer(bytes, float32, offset: 4).ShouldHold(1.5, -2);
        Should.Throw<ArgumentOutOfRangeException>(() => frombuffer(bytes, float32, count: 3, offset: 4));
    }

    [Fact]
    public void Tensor_TakesShapesAndMultidimensionalArrays()
    {
        tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape.ShouldBe([2, 3]);
        tensor((IList<float>)[1, 2, 3, 4], 2, 2)[1].ShouldHold(3, 4);
        tensor(new long[] { 1, 2, 3, 4 }, [2, 2], dtype: float64).dtype.ShouldBe(ScalarType.Float64);
        Should.Throw<ArgumentException>(() => tensor(new long[] { 1, 2, 3 }, [2, 2]));
    }

    [Fact]
    public void TheDefaultType_IsThatOfFactoriesWithoutOne()
    {
        get_default_dtype().ShouldBe(ScalarType.Float32);
        Should.Throw<ArgumentException>(() => set_default_dtype(int64));
    }

    [Fact]
    public void Devices_AreParsedAndChecked()
    {
        var second = new Device("cuda:1");
        second.type.ShouldBe(DeviceType.CUDA);
        second.index.ShouldBe(1);
        second.ToString().ShouldBe("cuda:1");
        CPU.ToString().ShouldBe("cpu");
        Should.Throw<ArgumentException>(() => new Device("quantum"));
        Should.Throw<ArgumentException>(() => new Device("cuda:x"));
        if (!cuda.is_available())
            Should.Throw<InvalidOperationException>(() => device("cuda:0"));
    }

    [Fact]
    public void Finfo_GivesTheLimitsOfATensor()
    {
        finfo(float32).max.ShouldBe(float.MaxValue);
        finfo(bfloat16).eps.ShouldBe(0.0078125);
        (full(1, finfo(bfloat16).max, bfloat16) * 1.01).isinf().item<bool>().ShouldBeTrue();
        full(1, finfo(bfloat16).max, bfloat16).isinf().item<bool>().ShouldBeFalse();
        Should.Throw<ArgumentException>(() => finfo(int64));
    }
}
