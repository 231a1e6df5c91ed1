using System.Buffers;
using System.Collections.Immutable;
using MessagePack;

namespace PairUni.Compat.MessagePack;

public class CollectionTests
{
    [Fact]
    public void Sequences_are_arrays()
    {
        Bytes.Of(new[] { 1, 200, -1 }).ShouldBe("9301ccc8ff");
        Bytes.Of(new List<long> { 1, 2 }).ShouldBe("920102");
        Bytes.Of(new[] { 1.5f }).ShouldBe("91ca3fc00000");
        Bytes.Of((IReadOnlyList<string>)["a", "b"]).ShouldBe("92a161a162");
        Bytes.Of(ImmutableArray.Create(true, false)).ShouldBe("92c3c2");
        Bytes.Of(default(ImmutableArray<int>)).ShouldBe("c0");
        Bytes.Of(Array.Empty<string>()).ShouldBe("90");
        Bytes.Of((int[]?)null).ShouldBe("c0");
        Bytes.Of(new HashSet<int> { 7 }).ShouldBe("9107");
        Bytes.Of(new[] { new[] { 1 }, null, [] }).ShouldBe("939101c090");
    }

    [Theory]
    [InlineData(15, "9f")]
    [InlineData(16, "dc0010")]
    [InlineData(65535, "dcffff")]
    [InlineData(65536, "dd00010000")]
    public void An_array_takes_its_shortest_header(int count, string header)
    {
        Bytes.Of(new int[count])[..header.Length].ShouldBe(header);
        Bytes.Twice(new int[count]).Length.ShouldBe(count);
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65536, "c600010000")]
    public void Bytes_are_bin(int count, string header)
    {
        Bytes.Of(new byte[count])[..header.Length].ShouldBe(header);
        Bytes.Of(new ReadOnlyMemory<byte>(new byte[count])).ShouldBe(Bytes.Of(new byte[count]));
        Bytes.Of(new ReadOnlySequence<byte>(new byte[count])).ShouldBe(Bytes.Of(new byte[count]));
        Bytes.Twice(new ReadOnlyMemory<byte>(new byte[count])).Length.ShouldBe(count);
    }

    [Fact]
    public void Dictionaries_are_maps()
    {
        Bytes.Of(new Dictionary<string, double> { ["a"] = 1.5 }).ShouldBe("81a161cb3ff8000000000000");
        Bytes.Of((IReadOnlyDictionary<int, string>)new Dictionary<int, string> { [1] = "x" }).ShouldBe("8101a178");
        Bytes.Of(new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 }).ShouldBe("82a16101a16202");
        Bytes.Twice(ImmutableDictionary<string, int>.Empty.Add("a", 1))["a"].ShouldBe(1);
        Bytes.Of(Enumerable.Range(0, 16).ToDictionary(i => i))[..6].ShouldBe("de0010");
        Bytes.Of(new KeyValuePair<int, string>(1, "a")).ShouldBe("9201a161");
    }

    [Fact]
    public void Tuples_are_arrays()
    {
        Bytes.Of((1, "a")).ShouldBe("9201a161");
        Bytes.Of((1, 2, (3, 4))).ShouldBe("930102920304");
        Bytes.Twice((1, "a", 2.5)).ShouldBe((1, "a", 2.5));
        Bytes.Twice(Tuple.Create(1, "a")).ShouldBe(Tuple.Create(1, "a"));
    }

    [Fact]
    public void Interfaces_come_back_as_collections_with_the_same_elements()
    {
        Bytes.Twice<IReadOnlyList<int>>([1, 2]).ShouldBe([1, 2]);
        Bytes.Twice<IList<int>>([1, 2]).ShouldBe([1, 2]);
        Bytes.Twice<IEnumerable<int>>(Enumerable.Range(1, 3).Where(i => i != 2)).ShouldBe([1, 3]);
        Bytes.Twice<IReadOnlyCollection<int>>([4]).ShouldBe([4]);
        Bytes.Twice<ISet<int>>(new HashSet<int> { 4 }).ShouldBe([4]);
        Bytes.Twice(new Queue<int>([1, 2])).ShouldBe([1, 2]);
        Bytes.Twice(ImmutableList.Create(1, 2)).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_repeated_key_is_an_error() =>
        Should.Throw<MessagePackSerializationException>(() => Bytes.Read<Dictionary<int, int>>("8201010102"));
}
