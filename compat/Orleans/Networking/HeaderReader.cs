using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>Reads a frame's header; throws <see cref="ProtocolException"/> at anything that <see cref="FrameBuffer"/> did not write.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> header)
{
    private ReadOnlySpan<byte> _rest = header;

    public readonly bool End => _rest.IsEmpty;

    public byte ReadByte()
    {
        var value = Take(1)[0];
        return value;
    }

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ulong ReadVar()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var one = ReadByte();
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }

        throw new ProtocolException("A number in a header is longer than 10 bytes.");
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVar();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw new ProtocolException("A header ends inside of a value.");
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    public GrainId ReadGrainId()
    {
        var type = new IdSpan(ReadBytes().ToArray());
        return new GrainId(new GrainType(type), new IdSpan(ReadBytes().ToArray()));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new ProtocolException("A header ends inside of a value.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
