using PairUni.Modeling.Host;

namespace PairUni.Modeling.Tests.Host;

public class Int8ProductsTests
{
    [Theory]
    [InlineData(1, 1, 64)]
    [InlineData(4, 4, 128)]
    [InlineData(9, 7, 2048)]
    [InlineData(130, 6, 320)]
    [InlineData(65, 263, 64)]
    [InlineData(3, 13, 65536)]
    public void Products_AreExact(int rows, int columns, int width)
    {
        var random = new Random(rows);
        var (left, right, products) = (new byte[rows * width], new sbyte[columns * width], new int[rows * columns]);
        random.NextBytes(left);
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(right.AsSpan()));
        Array.Fill(left, (byte)255, 0, width);
        Array.Fill(right, sbyte.MinValue, 0, width);
        Int8Products.Compute(left, right, width, products);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
                products[(r * columns) + c].ShouldBe(Enumerable.Range(0, width).Sum(i => left[(r * width) + i] * right[(c * width) + i]));
    }

    [Fact]
    public void RowsOfAnotherWidth_AreRefused() =>
        Should.Throw<ArgumentException>(() => Int8Products.Compute(new byte[60], new sbyte[60], 60, new int[1]));
}
