using System.Reflection;
using MessagePack;

namespace PairUni.Contracts.Tests;

/// <summary>What goes over the wire and to disk stays readable: the bytes of every message are written down.</summary>
public class MessageBytesTests
{
    public static TheoryData<string, int> Rows => new(Examples.All.Select((e, i) => (e.GetType().Name, i)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void AMessage_HasTheseBytes(string name, int index)
    {
        var bytes = MessagePackSerializer.Serialize(Examples.All[index].GetType(), Examples.All[index]);
        $"{name} {Convert.ToHexStringLower(bytes)}".ShouldBe(GoldenBytes.Lines[index]);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AMessage_ReadFromItsBytes_HasTheSameBytesAgain(string name, int index)
    {
        var type = Examples.All[index].GetType();
        var golden = Convert.FromHexString(GoldenBytes.Lines[index][(name.Length + 1)..]);
        var read = MessagePackSerializer.Deserialize(type, golden);
        read.ShouldBeOfType(type);
        MessagePackSerializer.Serialize(type, read).ShouldBe(golden);
    }

    [Fact]
    public void EveryMessage_HasAnExample()
    {
        var messages = typeof(GroupKey).Assembly.GetTypes().Where(t => t.GetCustomAttribute<MessagePackObjectAttribute>() is not null);
        messages.Except(Examples.All.Select(e => e.GetType())).ShouldBeEmpty();
    }

    [Fact]
    public void EveryMessage_NumbersItsMembersFrom0WithoutHoles()
    {
        foreach (var message in Examples.All.Select(e => e.GetType()).Distinct())
        {
            var keys = message.GetProperties().Select(p => p.GetCustomAttribute<KeyAttribute>()?.IntKey ?? -1).Order();
            keys.ShouldBe(Enumerable.Range(0, message.GetProperties().Length), message.Name);
        }
    }
}
