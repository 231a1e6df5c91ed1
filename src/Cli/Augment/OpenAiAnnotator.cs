using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using PairUni.Data.Augmentation;

namespace PairUni.Cli.Augment;

/// <summary>Asks a model behind any endpoint that speaks OpenAI's chat completions, with images.</summary>
internal sealed class OpenAiAnnotator : IAnnotator, IDisposable
{
    private static readonly Dictionary<AugmentStage, string> Names = new()
    {
        [AugmentStage.Caption] = "caption",
        [AugmentStage.Question] = "question",
        [AugmentStage.CheckCaption] = "check-caption",
        [AugmentStage.CheckQuestion] = "check-question",
    };

    private readonly OpenAiSettings settings;
    private readonly OpenAiFaults faults;
    private readonly HttpClient http;
    private readonly ChatClient client;
    private readonly Dictionary<AugmentStage, PromptFile> prompts;

    public OpenAiAnnotator(OpenAiSettings settings, TimeProvider time)
    {
        this.settings = settings;
        faults = new(settings, time);
        prompts = Names.ToDictionary(name => name.Key, name => PromptFile.Load(settings.Prompts, name.Value + ".md"));
        // Retries are the caller's, who gives back the place in the queue meanwhile; so is the time limit.
        http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = Timeout.InfiniteTimeSpan };
        client = new(settings.Model, new ApiKeyCredential(settings.Key), new OpenAIClientOptions
        {
            Endpoint = settings.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(http),
        });
    }

    public string Model => settings.Model;

    public int Width => int.MaxValue;

    public IReadOnlyDictionary<string, string> PromptFiles => prompts.Values.ToDictionary(prompt => prompt.Name, prompt => prompt.Text);

    public string PromptVersion(AugmentStage stage) => prompts[stage].Version;

    // A token is a byte at least.
    public TokenCount Bound(Inquiry inquiry)
    {
        var prompt = prompts[inquiry.Stage];
        var text = Encoding.UTF8.GetByteCount(prompt.System) + Encoding.UTF8.GetByteCount(prompt.For(inquiry.Sample)) + AnswerSchemas.Of(inquiry.Stage).Length;
        return new(text + settings.ImageTokens, settings.MaxTokens);
    }

    public async Task<AnnotatorAnswer> Ask(Inquiry inquiry, CancellationToken cancellation)
    {
        try
        {
            var image = await File.ReadAllBytesAsync(inquiry.ImageFile, cancellation);
            ChatCompletion completion = await client.CompleteChatAsync(Messages(inquiry, image), Options(inquiry.Stage), cancellation);
            return Read(completion);
        }
        catch (ClientResultException fault)
        {
            throw faults.Of(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException and not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw faults.Of(fault);
        }
        // What reading a response that is no completion throws.
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new AnnotatorException(AnnotatorFault.Passing, $"{settings.BaseUrl} sends something that is no chat completion; does it end in /v1?", fault) { MayBePaid = true };
        }
    }

    public void Dispose() => http.Dispose();

    private ChatMessage[] Messages(Inquiry inquiry, byte[] image)
    {
        var prompt = prompts[inquiry.Stage];
        var user = new UserChatMessage(ChatMessageContentPart.CreateTextPart(prompt.For(inquiry.Sample)), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(image), MediaType(image)));
        return prompt.System.Length > 0 ? [new SystemChatMessage(prompt.System), user] : [user];
    }

    private ChatCompletionOptions Options(AugmentStage stage) => new()
    {
        MaxOutputTokenCount = settings.MaxTokens,
        ResponseFormat = settings.Format switch
        {
            AnswerFormat.Schema => ChatResponseFormat.CreateJsonSchemaFormat(Names[stage].Replace('-', '_'), BinaryData.FromString(AnswerSchemas.Of(stage)), jsonSchemaIsStrict: true),
            AnswerFormat.Json => ChatResponseFormat.CreateJsonObjectFormat(),
            _ => null,
        },
    };

    private static AnnotatorAnswer Read(ChatCompletion completion)
    {
        TokenCount? tokens = completion.Usage is { } usage ? new(usage.InputTokenCount, usage.OutputTokenCount) : null;
        var text = string.Concat(completion.Content.Where(part => part.Kind == ChatMessageContentPartKind.Text).Select(part => part.Text));
        return !string.IsNullOrEmpty(completion.Refusal) ? new(AnswerOutcome.Refused, completion.Refusal, tokens, completion.Model)
            : completion.FinishReason switch
            {
                ChatFinishReason.ContentFilter => new(AnswerOutcome.Refused, "stopped by the endpoint's content filter", tokens, completion.Model),
                ChatFinishReason.Length => new(AnswerOutcome.CutShort, text, tokens, completion.Model),
                _ => new(AnswerOutcome.Given, text, tokens, completion.Model),
            };
    }

    private static string MediaType(byte[] image) => image[0] switch { 0x89 => "image/png", 0xFF => "image/jpeg", _ => "image/webp" };
}
