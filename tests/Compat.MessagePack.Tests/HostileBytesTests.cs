using System.Text;
using MessagePack;

namespace PairUni.Compat.MessagePack;

public class HostileBytesTests
{
    private static readonly MessagePackSerializerOptions Untrusted =
        MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    [Theory]
    [InlineData("dd7fffffff")]
    [InlineData("ddffffffff")]
    [InlineData("dcffff01")]
    [InlineData("9f")]
    public void An_array_header_cannot_promise_more_than_there_is(string hex)
    {
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<long[]>(hex));
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<List<string>>(hex));
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<Gapped>(hex));
    }

    [Theory]
    [InlineData("dfffffffff")]
    [InlineData("df7fffffff0101")]
    [InlineData("8101")]
    public void A_map_header_cannot_promise_more_than_there_is(string hex) =>
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<Dictionary<int, int>>(hex));

    [Theory]
    [InlineData("c6ffffffff")]
    [InlineData("c67fffffff00")]
    [InlineData("c410")]
    public void A_bin_header_cannot_promise_more_than_there_is(string hex) =>
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<byte[]>(hex));

    [Theory]
    [InlineData("dbffffffff")]
    [InlineData("bf61")]
    [InlineData("c1")]
    [InlineData("")]
    [InlineData("01")]
    public void A_broken_string_is_an_error(string hex) => Should.Throw<MessagePackSerializationException>(() => Bytes.Read<string>(hex));

    [Fact]
    public void A_huge_promise_allocates_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Should.Throw<MessagePackSerializationException>(() => Bytes.Read<double[]>("dd7fffffff00000000"));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void Depth_is_limited_for_untrusted_data()
    {
        var deep = Enumerable.Repeat((byte)0x91, 600).Append((byte)0xc0).ToArray();
        Should.Throw<MessagePackSerializationException>(() => MessagePackSerializer.Deserialize<Node>(deep, Untrusted));
        MessagePackSerializer.Deserialize<Node>(deep.AsMemory(200), Untrusted).ShouldNotBeNull();
    }

    [Fact]
    public void Any_depth_in_a_skipped_member_ends_without_losing_the_process()
    {
        var deep = new byte[] { 0x92, 0x01 }.Concat(Enumerable.Repeat((byte)0x91, 1_000_000)).Append((byte)0xc0).ToArray();
        var read = Record.Exception(() => MessagePackSerializer.Deserialize<Gapped>(deep, Untrusted));
        (read is null or MessagePackSerializationException).ShouldBeTrue();
    }

    [Fact]
    public void Random_bytes_give_a_value_or_the_one_exception()
    {
        var random = new Random(17);
        var good = MessagePackSerializer.Serialize(new Group { Key = new GroupName("run", 3), Tokens = [[1, 2], [3]], Image = new byte[] { 9 } });
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                MessagePackSerializer.Deserialize<Group>(bytes.AsMemory(0, random.Next(bytes.Length + 1)), Untrusted);
            }
            catch (MessagePackSerializationException)
            {
                // The only exception that the contract allows.
            }
        }
    }

    [Fact]
    public void Cut_short_anywhere_it_is_an_error()
    {
        var whole = MessagePackSerializer.Serialize(new Group { Key = new GroupName("run", 300), Tokens = [[1, 2], [3]], Image = Encoding.UTF8.GetBytes("abc") });
        for (var length = 0; length < whole.Length; length++)
        {
            Should.Throw<MessagePackSerializationException>(() => MessagePackSerializer.Deserialize<Group>(whole.AsMemory(0, length)));
        }
    }
}
