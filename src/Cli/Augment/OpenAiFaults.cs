using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using PairUni.Data.Augmentation;

namespace PairUni.Cli.Augment;

/// <summary>Tells from what an endpoint or the network says whether asking again makes sense, and what a user should do otherwise.</summary>
internal sealed class OpenAiFaults(OpenAiSettings settings, TimeProvider time)
{
    private const int LongestMessage = 300;

    public AnnotatorException Of(ClientResultException fault)
    {
        if (fault.GetRawResponse() is not { } response)
            return Of(fault.InnerException ?? fault);
        var (message, code) = Said(response);
        return response.Status switch
        {
            401 or 403 => Fatal($"{settings.BaseUrl} does not accept the key ({response.Status}: {message}); set OPENAI_API_KEY to one that may use {settings.Model}"),
            402 => Fatal($"{settings.BaseUrl} asks for money ({message}); see to the account there and run this again, which goes on from the log"),
            404 or 405 => Fatal($"{settings.BaseUrl} has no chat completions or no model {settings.Model} ({response.Status}: {message}); check --base-url, which mostly ends in /v1, and --model"),
            429 when code == "insufficient_quota" => Fatal($"the quota at {settings.BaseUrl} is used up ({message}); see to the account there and run this again, which goes on from the log"),
            408 or 409 or 425 or 429 or >= 500 => new(AnnotatorFault.Passing, $"{settings.BaseUrl} answers {response.Status}: {message}", fault) { RetryAfter = RetryAfter(response) },
            200 => new(AnnotatorFault.Passing, $"{settings.BaseUrl} sends something that is no chat completion; does it end in /v1?", fault) { MayBePaid = true },
            _ => new(AnnotatorFault.Unacceptable, $"{settings.BaseUrl} does not accept the request ({response.Status}: {message})", fault),
        };

        AnnotatorException Fatal(string sentence) => new(AnnotatorFault.Fatal, sentence, fault);
    }

    public AnnotatorException Of(Exception fault) => fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError }
        ? new(AnnotatorFault.Unreachable, $"{settings.BaseUrl} cannot be reached ({Line(fault.Message)}); check --base-url and the network", fault)
        : new(AnnotatorFault.Passing, $"the connection to {settings.BaseUrl} was cut ({Line(fault.Message)})", fault) { MayBePaid = true };

    // Seconds or a date, and milliseconds as OpenAI and Azure have them.
    private TimeSpan? RetryAfter(PipelineResponse response)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var ms) && double.TryParse(ms, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 1e9)
            return TimeSpan.FromMilliseconds(milliseconds);
        if (!response.Headers.TryGetValue("Retry-After", out var text))
            return null;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9)
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var date) && date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : null;
    }

    private (string Message, string Code) Said(PipelineResponse response)
    {
        var body = response.Content.ToString();
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error))
                return error.ValueKind == JsonValueKind.Object ? (Line(Field(error, "message")), Field(error, "code")) : (Line(error.ToString()), "");
        }
        catch (JsonException)
        {
            // A proxy's page.
        }
        return (Line(body), "");
    }

    private static string Field(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.ToString() : "";

    // One short line, in which no key is shown even if the endpoint repeats it.
    private string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace(settings.Key, "***", StringComparison.Ordinal).Trim().TrimEnd('.');
        return line.Length == 0 ? "without a message" : line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }
}
