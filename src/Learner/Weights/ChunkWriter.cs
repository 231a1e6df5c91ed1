namespace PairUni.Learner.Weights;

/// <summary>A write-only stream that cuts what it gets into chunks of one size, the last one shorter.</summary>
internal sealed class ChunkWriter(int chunkBytes) : Stream
{
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];
    private byte[] _current = new byte[chunkBytes];
    private int _filled;
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Every chunk so far; call once, at the end.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Finish()
    {
        if (_filled > 0) _chunks.Add(_current.AsMemory(0, _filled));
        _current = [];
        return _chunks;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        while (buffer.Length > 0)
        {
            var part = Math.Min(buffer.Length, chunkBytes - _filled);
            buffer[..part].CopyTo(_current.AsSpan(_filled));
            _filled += part;
            buffer = buffer[part..];
            if (_filled < chunkBytes) continue;
            _chunks.Add(_current);
            _current = new byte[chunkBytes];
            _filled = 0;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
