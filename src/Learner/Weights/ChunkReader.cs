namespace PairUni.Learner.Weights;

/// <summary>A read-only stream over chunks, as if they were one array.</summary>
internal sealed class ChunkReader : Stream
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _chunks;
    private readonly long[] _starts;

    public ChunkReader(IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        _chunks = chunks;
        _starts = new long[chunks.Count + 1];
        for (var i = 0; i < chunks.Count; i++) _starts[i + 1] = _starts[i] + chunks[i].Length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _starts[^1];

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.Length == 0) return 0;
        var at = Array.BinarySearch(_starts, Position);
        var chunk = at >= 0 ? at : ~at - 1;
        while (_chunks[chunk].Length == 0) chunk++;
        var rest = _chunks[chunk].Span[(int)(Position - _starts[chunk])..];
        var part = Math.Min(rest.Length, buffer.Length);
        rest[..part].CopyTo(buffer);
        Position += part;
        return part;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
