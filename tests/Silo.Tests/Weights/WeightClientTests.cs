using System.Net;
using System.Net.Sockets;
using PairUni.Contracts;

namespace PairUni.Silo.Tests;

public sealed class WeightClientTests
{
    // A stopped process: its connections are open, and nothing is answered.
    [Fact]
    public async Task ASourceThatStandsStill_IsLeft_LongBeforeTheLimitOfAWholePiece()
    {
        using var source = new TcpListener(IPAddress.Loopback, 0);
        source.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)source.LocalEndpoint).Port}";
        var options = new WeightSharingOptions
        {
            Address = () => new(address),
            AnswerLimit = TimeSpan.FromMilliseconds(200),
            PieceLimit = TimeSpan.FromHours(1),
        };
        using var client = new WeightClient(options, null);
        var piece = new WeightChunk { Hash = new string('0', 64), Length = 10 };
        (await Should.ThrowAsync<PieceUnavailableException>(() => client.Get(address, "run", piece, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1))))
            .Message.ShouldBe("it did not answer within 0.2 s");
    }
}
