using System.Buffers;
using System.Buffers.Binary;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Networking;

/// <summary>The first frames of a connection, by which each side says who it is.</summary>
internal static class Greeting
{
    /// <summary>Introduces this side.</summary>
    public static async Task Say(ConnectionContext context, FrameKind kind, Introduction self)
    {
        var frame = new FrameBuffer();
        self.Write(frame, kind);
        await context.Transport.Output.WriteAsync(frame.WrittenMemory);
    }

    /// <summary>Says why the other side may not come in; nothing more is sent.</summary>
    public static async Task Refuse(ConnectionContext context, string reason)
    {
        var frame = new FrameBuffer();
        frame.Begin(FrameKind.Refusal);
        frame.WriteString(reason);
        frame.BeginBody();
        frame.End();
        await context.Transport.Output.WriteAsync(frame.WrittenMemory);
        await context.Transport.Output.CompleteAsync();
    }

    /// <summary>One frame without a body, of a length that an introduction may have.</summary>
    /// <exception cref="ProtocolException">It is something else.</exception>
    public static async Task<(FrameKind Kind, Introduction? Peer, string? Reason)> Hear(ConnectionContext context)
    {
        var input = context.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync();
            if (TryHear(read.Buffer, out var end, out var heard))
            {
                input.AdvanceTo(end);
                return heard;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                throw new ConnectionAbortedException("the other side closed the connection before it introduced itself");
            }
        }
    }

    private static bool TryHear(ReadOnlySequence<byte> buffer, out SequencePosition end, out (FrameKind, Introduction?, string?) heard)
    {
        const int Longest = 4096;
        end = buffer.Start;
        heard = default;
        if (buffer.Length < FrameBuffer.Prefix)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[FrameBuffer.Prefix];
        buffer.Slice(0, FrameBuffer.Prefix).CopyTo(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is < 1 or > Longest || BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]) != 0)
        {
            throw new ProtocolException("The other side does not speak this protocol.");
        }

        if (buffer.Length < FrameBuffer.Prefix + length)
        {
            return false;
        }

        var frame = buffer.Slice(FrameBuffer.Prefix, length);
        end = frame.End;
        var header = new HeaderReader(frame.ToArray());
        var kind = (FrameKind)header.ReadByte();
        heard = kind == FrameKind.Refusal ? (kind, null, header.ReadString()) : (kind, Introduction.Read(ref header), null);
        return true;
    }
}
