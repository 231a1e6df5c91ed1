using MessagePack;

namespace PairUni.Compat.MessagePack;

public class NumberTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7f")]
    [InlineData(128L, "cc80")]
    [InlineData(255L, "ccff")]
    [InlineData(256L, "cd0100")]
    [InlineData(65535L, "cdffff")]
    [InlineData(65536L, "ce00010000")]
    [InlineData(4294967295L, "ceffffffff")]
    [InlineData(4294967296L, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1L, "ff")]
    [InlineData(-32L, "e0")]
    [InlineData(-33L, "d0df")]
    [InlineData(-128L, "d080")]
    [InlineData(-129L, "d1ff7f")]
    [InlineData(-32768L, "d18000")]
    [InlineData(-32769L, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(-2147483649L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void An_integer_takes_its_shortest_form(long value, string hex)
    {
        Bytes.Of(value).ShouldBe(hex);
        Bytes.Read<long>(hex).ShouldBe(value);
    }

    [Theory]
    [InlineData("7f", 127)]
    [InlineData("cc7f", 127)]
    [InlineData("cd007f", 127)]
    [InlineData("ce0000007f", 127)]
    [InlineData("cf000000000000007f", 127)]
    [InlineData("d07f", 127)]
    [InlineData("d1007f", 127)]
    [InlineData("d20000007f", 127)]
    [InlineData("d3000000000000007f", 127)]
    public void An_integer_is_read_from_any_form(string hex, int value) => Bytes.Read<int>(hex).ShouldBe(value);

    [Fact]
    public void Each_integer_type_reaches_its_ends()
    {
        Bytes.Of(byte.MaxValue).ShouldBe("ccff");
        Bytes.Of(sbyte.MinValue).ShouldBe("d080");
        Bytes.Of(short.MinValue).ShouldBe("d18000");
        Bytes.Of(ushort.MaxValue).ShouldBe("cdffff");
        Bytes.Of(uint.MaxValue).ShouldBe("ceffffffff");
        Bytes.Of(ulong.MaxValue).ShouldBe("cfffffffffffffffff");
        Bytes.Of('A').ShouldBe("41");
        Bytes.Twice(ulong.MaxValue).ShouldBe(ulong.MaxValue);
        Bytes.Twice(sbyte.MinValue).ShouldBe(sbyte.MinValue);
        Bytes.Twice('\uffff').ShouldBe('\uffff');
    }

    [Fact]
    public void A_number_that_does_not_fit_is_an_error()
    {
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<byte>("cd0100")).InnerException.ShouldBeOfType<OverflowException>();
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<int>("ceffffffff"));
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<uint>("ff"));
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<long>("cfffffffffffffffff"));
    }

    [Fact]
    public void Floats_keep_their_bits()
    {
        Bytes.Of(1.5f).ShouldBe("ca3fc00000");
        Bytes.Of(1.5).ShouldBe("cb3ff8000000000000");
        Bytes.Of(float.NaN).ShouldBe("ca" + Convert.ToHexStringLower(BitConverter.GetBytes(float.NaN).Reverse().ToArray()));
        BitConverter.SingleToInt32Bits(Bytes.Twice(-0f)).ShouldBe(int.MinValue);
        Bytes.Read<float>("03").ShouldBe(3f);
        Bytes.Read<double>("ca3fc00000").ShouldBe(1.5);
        Bytes.Twice((Half)0.5).ShouldBe((Half)0.5);
    }

    [Fact]
    public void Booleans_and_nil_take_a_byte()
    {
        Bytes.Of(true).ShouldBe("c3");
        Bytes.Of(false).ShouldBe("c2");
        Bytes.Of((int?)null).ShouldBe("c0");
        Bytes.Of((int?)5).ShouldBe("05");
        Bytes.Of((string?)null).ShouldBe("c0");
        Bytes.Read<int?>("c0").ShouldBeNull();
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<int>("c0"));
    }
}
