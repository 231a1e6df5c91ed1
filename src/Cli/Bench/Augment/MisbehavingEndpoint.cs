using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PairUni.Cli.Chaos;

namespace PairUni.Cli.Bench.Augment;

/// <summary>
/// An HTTP server that speaks OpenAI's chat completions as badly as it is told to, and keeps a bill: an answer that it sent whole is on it.
/// </summary>
internal sealed class MisbehavingEndpoint : IAsyncDisposable
{
    /// <summary>Tokens that every answer counts as.</summary>
    public const int InputTokens = 400;

    /// <inheritdoc cref="InputTokens"/>
    public const int OutputTokens = 50;

    private readonly WebApplication app;
    private readonly Func<EndpointRequest, EndpointBehaviour> behaviour;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, int> visits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> usable = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EndpointMood, int> moods = new();
    private int requests;
    private int billed;
    private long ticks;
    private long measured;

    private MisbehavingEndpoint(WebApplication app, int port, Func<EndpointRequest, EndpointBehaviour> behaviour, TimeProvider time)
    {
        (this.app, this.behaviour, this.time) = (app, behaviour, time);
        Url = new($"http://127.0.0.1:{port}/v1");
    }

    public Uri Url { get; }

    /// <summary>Requests that came.</summary>
    public int Requests => requests;

    /// <summary>Answers on the bill, whatever they were worth.</summary>
    public int Billed => billed;

    /// <summary>How often each inquiry was answered as asked, and billed.</summary>
    public IReadOnlyDictionary<string, int> Usable => usable;

    /// <summary>How often it behaved in each way.</summary>
    public IReadOnlyDictionary<EndpointMood, int> Moods => moods;

    /// <summary>Sum of the latencies that the behaviours named.</summary>
    public TimeSpan Occupied => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    /// <summary>Sum of the times from a request's arrival to the end of its answer, as they turned out.</summary>
    public TimeSpan Measured => TimeSpan.FromTicks(Interlocked.Read(ref measured));

    /// <summary>Starts one on a free port of this machine.</summary>
    public static async Task<MisbehavingEndpoint> Start(Func<EndpointRequest, EndpointBehaviour> behaviour, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "pairuni" });
        var port = FreePort.Next();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var endpoint = new MisbehavingEndpoint(app, port, behaviour, time);
        app.MapPost("/v1/chat/completions", async context =>
        {
            var start = time.GetTimestamp();
            await endpoint.Answer(context);
            Interlocked.Add(ref endpoint.measured, time.GetElapsedTime(start).Ticks);
        });
        await app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var request = await Read(context);
        var doing = behaviour(request);
        moods.AddOrUpdate(doing.Mood, 1, (_, count) => count + 1);
        Interlocked.Add(ref ticks, doing.Latency.Ticks);
        try
        {
            await Task.Delay(doing.Mood == EndpointMood.Hang ? Timeout.InfiniteTimeSpan : doing.Latency, time, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (doing.Mood is EndpointMood.Error or EndpointMood.NoCompletion)
            await SendError(context, doing);
        else
            await Send(context, request, doing.Mood);
    }

    private async Task<EndpointRequest> Read(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var messages = json.RootElement.GetProperty("messages");
        var inquiry = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messages.GetRawText())))[..16];
        var parts = messages.EnumerateArray().Last().GetProperty("content").EnumerateArray().ToArray();
        if (!parts[1].GetProperty("image_url").GetProperty("url").GetString()!.StartsWith("data:image/png;base64,", StringComparison.Ordinal))
            throw new InvalidDataException("the inquiry has no image");
        var stage = json.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString()!;
        return new(inquiry, stage, visits.AddOrUpdate(inquiry, 1, (_, count) => count + 1), parts[0].GetProperty("text").GetString()!);
    }

    private static Task SendError(HttpContext context, EndpointBehaviour doing)
    {
        if (doing.Mood == EndpointMood.NoCompletion)
            return context.Response.WriteAsync("<html>It works!</html>");
        context.Response.StatusCode = doing.Status;
        if (doing.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait;
        return context.Response.WriteAsJsonAsync(new { error = new { message = $"told to answer {doing.Status}", code = doing.Code } });
    }

    private async Task Send(HttpContext context, EndpointRequest request, EndpointMood mood)
    {
        var (content, refusal) = mood switch
        {
            EndpointMood.Refuse => (null, "I cannot help with that."),
            EndpointMood.Malformed or EndpointMood.CutShort => ("{\"caption\": \"half", null),
            EndpointMood.WrongSchema => ("{\"text\": 1}", null),
            _ => (Content(request, mood), (string?)null),
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = request.Inquiry,
            @object = "chat.completion",
            created = 0,
            model = "misbehaving-1",
            choices = new[] { new { index = 0, message = new { role = "assistant", content, refusal }, finish_reason = mood == EndpointMood.CutShort ? "length" : "stop" } },
            usage = new { prompt_tokens = InputTokens, completion_tokens = OutputTokens, total_tokens = InputTokens + OutputTokens },
        });
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (mood == EndpointMood.CutConnection)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        Interlocked.Increment(ref billed);
        if (mood is EndpointMood.Answer or EndpointMood.Contradict or EndpointMood.Lack or EndpointMood.Refuse)
            usable.AddOrUpdate(request.Inquiry, 1, (_, count) => count + 1);
        await context.Response.Body.WriteAsync(bytes);
    }

    private static string Content(EndpointRequest request, EndpointMood mood) => request.Stage switch
    {
        "caption" => JsonSerializer.Serialize(new { details = new[] { "one" }, caption = $"a picture {request.Inquiry}" }),
        "question" => JsonSerializer.Serialize(new { details = new[] { "one" }, question = $"What is {request.Inquiry}?", options = new { A = "one", B = "two", C = "three", D = "four" }, answer = "A" }),
        _ => JsonSerializer.Serialize(new { reason = mood == EndpointMood.Answer ? "" : "there is no such thing", contradiction = mood == EndpointMood.Contradict, sufficient = mood != EndpointMood.Lack }),
    };
}
