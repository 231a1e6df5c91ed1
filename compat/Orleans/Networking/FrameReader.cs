using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Orleans.Networking;

/// <summary>What is done with a frame that came in; the bytes are gone when it returns.</summary>
internal delegate void FrameTaken(HeaderReader header, in ReadOnlySequence<byte> body);

/// <summary>Takes frames out of the bytes that come in: lengths of header and body, header, body.</summary>
internal static class FrameReader
{
    /// <summary>Reads frames until the other side closes; false when it did so inside of one.</summary>
    /// <exception cref="ProtocolException">A length is beyond its limit.</exception>
    public static async Task<bool> Read(PipeReader input, FrameLimits limits, FrameTaken taken)
    {
        while (true)
        {
            var read = await input.ReadAsync().ConfigureAwait(false);
            var rest = read.Buffer;
            while (TryTake(ref rest, limits, out var header, out var body))
            {
                Take(header, body, taken);
            }

            input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return !read.IsCompleted || rest.IsEmpty;
            }
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, FrameLimits limits, out ReadOnlySequence<byte> header, out ReadOnlySequence<byte> body)
    {
        header = body = default;
        if (rest.Length < FrameBuffer.Prefix)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[FrameBuffer.Prefix];
        rest.Slice(0, FrameBuffer.Prefix).CopyTo(prefix);
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        var bodyLength = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        limits.CheckLengths(headerLength, bodyLength);
        if (rest.Length < FrameBuffer.Prefix + (long)headerLength + bodyLength)
        {
            return false;
        }

        header = rest.Slice(FrameBuffer.Prefix, headerLength);
        body = rest.Slice(FrameBuffer.Prefix + headerLength, bodyLength);
        rest = rest.Slice(FrameBuffer.Prefix + (long)headerLength + bodyLength);
        return true;
    }

    private static void Take(in ReadOnlySequence<byte> header, in ReadOnlySequence<byte> body, FrameTaken taken)
    {
        if (header.IsSingleSegment)
        {
            taken(new HeaderReader(header.FirstSpan), body);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)header.Length);
        header.CopyTo(copy);
        try
        {
            taken(new HeaderReader(copy.AsSpan(0, (int)header.Length)), body);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
