using MessagePack;

namespace PairUni.Compat.MessagePack;

public class ObjectTests
{
    [Fact]
    public void Index_keys_make_an_array_with_nil_in_the_gaps()
    {
        Bytes.Of(new Gapped { First = 1, Third = "c" }).ShouldBe("9301c0a163");
        var read = Bytes.Read<Gapped>("930105a163");
        (read.First, read.Third, read.NotStored).ShouldBe((1, "c", 0));
    }

    [Fact]
    public void Name_keys_make_a_map_in_the_order_of_declaration()
    {
        Bytes.Of(new Named { Count = 3, Text = "x" }).ShouldBe("82a16e03a474657874a178");
        Bytes.Read<Named>("82a474657874a178a16e03").Count.ShouldBe(3);
        Bytes.Read<Named>("83a474657874a178a3666f6f9101a16e03").Count.ShouldBe(3);
    }

    [Fact]
    public void Property_names_can_be_the_keys() => Bytes.Of(new AllByName { A = 1 }).ShouldBe("81a14101");

    [Fact]
    public void A_record_is_rebuilt_by_its_constructor()
    {
        var value = new Point(1, -2, new Inner(["a"], new Dictionary<string, double> { ["r"] = 0.5 }));
        Bytes.Of(value).ShouldBe("9301fe9291a16181a172cb3fe0000000000000");
        var copy = Bytes.Twice(value);
        (copy.X, copy.Y).ShouldBe((1, -2));
        copy.Inner!.Names.ShouldBe(["a"]);
        copy.Inner.Values["r"].ShouldBe(0.5);
        Bytes.Read<Point>("9301fec0").Inner.ShouldBeNull();
    }

    [Fact]
    public void A_record_with_init_properties_is_rebuilt()
    {
        var value = new Group { Key = new GroupName("run", 3), Tokens = [[1, 2], [3]], Image = new byte[] { 9 }, Lease = TimeSpan.FromTicks(5), Kind = Kind.Second };
        Bytes.Of(value).ShouldBe("9592a372756e039292010291" + "03" + "c401090501");
        var copy = Bytes.Twice(value);
        copy.Key.ShouldBe(value.Key);
        copy.Tokens[0].ShouldBe([1, 2]);
        copy.Image.ToArray().ShouldBe([9]);
        copy.Kind.ShouldBe(Kind.Second);
        copy.ShouldNotBeSameAs(value);
    }

    [Fact]
    public void Null_is_nil_for_a_class_and_an_error_for_a_struct()
    {
        Bytes.Of((Gapped?)null).ShouldBe("c0");
        Bytes.Read<Gapped?>("c0").ShouldBeNull();
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<GroupName>("c0"));
        Bytes.Read<GroupName?>("c0").ShouldBeNull();
    }

    [Fact]
    public void Longer_and_shorter_arrays_are_read_as_far_as_they_match()
    {
        Bytes.Read<Gapped>("9501c0a1639201c3810203").Third.ShouldBe("c");
        Bytes.Read<Gapped>("9105").First.ShouldBe(5);
        Bytes.Read<Gapped>("9105").Third.ShouldBeNull();
    }

    [Fact]
    public void A_union_is_a_number_and_the_value()
    {
        Bytes.Of<IAnimal>(new Cat { Lives = 9 }).ShouldBe("92019109");
        Bytes.Twice<IAnimal>(new Dog { Name = "x" }).ShouldBeOfType<Dog>().Name.ShouldBe("x");
        Bytes.Of<IAnimal?>(null).ShouldBe("c0");
        Bytes.Of<IAnimal>(new Fish()).ShouldBe("c0");
        Bytes.Read<IAnimal?>("920991c0").ShouldBeNull();
    }

    [Fact]
    public void An_enum_is_its_number()
    {
        Bytes.Of(Kind.Second).ShouldBe("01");
        Bytes.Of(Small.Last).ShouldBe("ccff");
        Bytes.Read<Kind>("2a").ShouldBe((Kind)42);
    }

    [Fact]
    public void Recursive_types_are_fine() =>
        Bytes.Of(new Node { Next = new Node { Next = new Node() } }).ShouldBe("919191c0");

    [Fact]
    public void Callbacks_run_around_writing_and_reading()
    {
        var value = new Watched();
        MessagePackSerializer.Serialize(value);
        value.Before.ShouldBe(1);
        Bytes.Twice(value).After.ShouldBe(1);
    }

    [Fact]
    public void The_chosen_constructor_is_used() => Bytes.Twice(new Chosen(4)).Value.ShouldBe(4);

    [Fact]
    public void A_type_without_attributes_is_refused_by_name() =>
        Should.Throw<MessagePackSerializationException>(() => Bytes.Of(new Plain())).ToString().ShouldContain(nameof(Plain));

    [Fact]
    public void A_member_without_a_key_is_refused_by_name() =>
        Should.Throw<MessagePackSerializationException>(() => Bytes.Of(new HalfMarked())).ToString().ShouldContain(nameof(HalfMarked.Forgotten));

    [Fact]
    public void The_runtime_type_can_be_given()
    {
        Convert.ToHexStringLower(MessagePackSerializer.Serialize(typeof(Kind), Kind.Second)).ShouldBe("01");
        MessagePackSerializer.Deserialize(typeof(GroupName), new byte[] { 0x92, 0xa1, 0x61, 3 }).ShouldBe(new GroupName("a", 3));
    }

    [Fact]
    public void Streams_and_buffers_hold_the_same_bytes()
    {
        var stream = new MemoryStream();
        MessagePackSerializer.Serialize(stream, new[] { 1, 2 });
        stream.ToArray().ShouldBe([0x92, 1, 2]);
        stream.Position = 0;
        MessagePackSerializer.Deserialize<int[]>(stream).ShouldBe([1, 2]);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        MessagePackSerializer.Serialize(buffer, new[] { 1, 2 });
        buffer.WrittenSpan.ToArray().ShouldBe([0x92, 1, 2]);
        MessagePackSerializer.Deserialize<int[]>(new byte[] { 0x92, 1, 2, 0xff }, out var read).ShouldBe([1, 2]);
        read.ShouldBe(3);
    }
}
