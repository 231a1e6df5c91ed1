using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace PairUni.Client.Tests;

/// <summary>Both ends of a connection in memory, and the middleware around one.</summary>
internal static class Ends
{
    public static (DefaultConnectionContext Caller, DefaultConnectionContext Answerer) Pair()
    {
        var (forth, back) = (new Pipe(), new Pipe());
        return (End("caller", back.Reader, forth.Writer), End("answerer", forth.Reader, back.Writer));

        static DefaultConnectionContext End(string id, PipeReader input, PipeWriter output) =>
            new(id, new Duplex(input, output), new Duplex(input, output));
    }

    public static ConnectionDelegate Pipeline(Action<IConnectionBuilder> middleware, Func<ConnectionContext, Task> last)
    {
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        middleware(builder);
        builder.Run(c => last(c));
        return builder.Build();
    }

    /// <summary>A last part that must not be reached.</summary>
    public static Task Never(ConnectionContext context) => throw new InvalidOperationException("the connection went on");

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
