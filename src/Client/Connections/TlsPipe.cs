using System.IO.Pipelines;
using System.Net.Security;

namespace PairUni.Client;

/// <summary>A connection's two directions through TLS. Completing <see cref="Output"/> closes that direction of the connection, as without TLS.</summary>
internal sealed class TlsPipe : IDuplexPipe, IAsyncDisposable
{
    private const int BufferSize = 32 * 1024;

    public TlsPipe(IDuplexPipe plain)
    {
        Stream = new SslStream(new PipeStream(plain), leaveInnerStreamOpen: false);
        Input = PipeReader.Create(Stream, new(bufferSize: BufferSize, leaveOpen: true));
        Output = new Closing(PipeWriter.Create(Stream, new(leaveOpen: true)), plain.Output);
    }

    public SslStream Stream { get; }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private sealed class Closing(PipeWriter encrypted, PipeWriter plain) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => encrypted.CanGetUnflushedBytes;

        public override long UnflushedBytes => encrypted.UnflushedBytes;

        public override void Advance(int bytes) => encrypted.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => encrypted.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => encrypted.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => encrypted.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            encrypted.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => encrypted.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            encrypted.Complete(exception);
            plain.Complete(exception);
        }

        public override async ValueTask CompleteAsync(Exception? exception = null)
        {
            await encrypted.CompleteAsync(exception);
            await plain.CompleteAsync(exception);
        }
    }
}
