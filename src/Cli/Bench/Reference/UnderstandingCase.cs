using System.Text.Json;
using System.Text.RegularExpressions;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Sampling;
using PairUni.Modeling.Text;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Conversations about images: formatted text, ids, pixels, embeddings, and greedy answers through the cache.</summary>
internal static partial class UnderstandingCase
{
    /// <param name="policy">The model.</param>
    /// <param name="reference">case3_NAME.</param>
    /// <param name="settings">The entry NAME of case3_understanding.json.</param>
    /// <param name="images">Finds an image by its file name.</param>
    public static void Run(JanusPolicy policy, ReferenceCase reference, JsonElement settings, Func<string, RgbImage> images)
    {
        var conversations = settings.GetProperty("conversations").EnumerateArray().Select(Conversation.Read).ToArray();
        string[] texts = [.. conversations.Select(c => ChatTemplate.Format(c.Messages, ChatTemplate.UnderstandingSystemPrompt))];
        reference.Same("sft_format", texts.SequenceEqual(Texts(settings, "sft_format")));
        UnderstandingPrompt[] prompts = [.. texts.Select(text => policy.Prompts.Expand(policy.Tokenizer.Encode(text)))];
        Ids(policy, reference, conversations, prompts);

        RgbImage[] seen = [.. conversations.SelectMany(c => c.Images).Select(images)];
        var ids_BT = PromptBatch.Ids([.. prompts.Select(p => p.Ids)], policy.Model.Device);
        var mask_BT = PromptBatch.Mask([.. prompts.Select(p => p.ImageMask)], policy.Model.Device);
        var embeds_BTD = seen.Length == 0
            ? policy.Model.EmbedText(ids_BT)
            : policy.Model.EmbedPrompt(ids_BT, mask_BT, TextSampler.Pixels(policy, seen));
        if (seen.Length > 0)
            Pixels(policy, reference, conversations, seen);
        var attended_BT1 = reference["attention_mask"].unsqueeze(-1);
        reference.Compare("inputs_embeds", embeds_BTD, only: attended_BT1);
        PromptLogits(policy, reference, embeds_BTD);
        Answer(policy, reference, settings, embeds_BTD, [.. prompts.Select(p => p.Ids.Length)]);
    }

    private static void Ids(JanusPolicy policy, ReferenceCase reference, Conversation[] conversations, UnderstandingPrompt[] prompts)
    {
        var longest = prompts.Max(p => p.Ids.Length);
        IEnumerable<int> Padded(UnderstandingPrompt prompt, int filler, Func<UnderstandingPrompt, IEnumerable<int>> values) =>
            Enumerable.Repeat(filler, longest - prompt.Ids.Length).Concat(values(prompt));
        reference.CompareAll("input_ids", prompts.SelectMany(p => Padded(p, policy.Tokenizer.PadId, q => q.Ids)));
        reference.CompareAll("attention_mask", prompts.SelectMany(p => Padded(p, 0, q => q.Ids.Select(_ => 1))));
        reference.CompareAll("images_seq_mask", prompts.SelectMany(p => Padded(p, 0, q => q.ImageMask.Select(flag => flag ? 1 : 0))));
        reference.CompareAll("position_ids", prompts.SelectMany(p => Padded(p, 1, q => Enumerable.Range(0, q.Ids.Length))));
        var slots = Math.Max(1, conversations.Max(c => c.Images.Length));
        reference.CompareAll("images_emb_mask", conversations.SelectMany(c => Enumerable.Range(0, slots)
            .SelectMany(slot => Enumerable.Repeat(slot < c.Images.Length ? 1 : 0, policy.Prompts.ImageTokens))));
    }

    // Slots without an image hold zeros.
    private static void Pixels(JanusPolicy policy, ReferenceCase reference, Conversation[] conversations, RgbImage[] seen)
    {
        var pixels_MCHW = TextSampler.Pixels(policy, seen);
        var (slots, next) = (conversations.Max(c => c.Images.Length), 0);
        var rows = new List<Tensor>();
        foreach (var conversation in conversations)
        {
            for (var slot = 0; slot < slots; slot++)
                rows.Add(slot < conversation.Images.Length ? pixels_MCHW.select(0, next++) : zeros_like(pixels_MCHW.select(0, 0)));
        }

        reference.Compare("pixel_values", stack(rows).view([conversations.Length, slots, .. pixels_MCHW.shape[1..]]));
    }

    private static void PromptLogits(JanusPolicy policy, ReferenceCase reference, Tensor embeds_BTD)
    {
        var language = policy.Model.language_model;
        foreach (var name in reference.Tensors.Where(tensor => LastLogits().IsMatch(tensor)))
        {
            var count = LastLogits().Match(name).Groups[1].Value;
            var logits_BTV = language.lm_head.forward(language.model.Forward(embeds_BTD, reference["attention_mask"]));
            var last = count.Length == 0 ? 1 : int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
            var tail_BTV = logits_BTV.narrow(1, logits_BTV.size(1) - last, last);
            reference.Compare(name, count.Length == 0 ? tail_BTV.squeeze(1) : tail_BTV);
        }
    }

    // Each answer goes on from its own likeliest tokens, so one wrong token shows in all that follow.
    private static void Answer(JanusPolicy policy, ReferenceCase reference, JsonElement settings, Tensor embeds_BTD, int[] lengths)
    {
        var language = policy.Model.language_model;
        var steps = (int)reference["greedy_tokens"].size(1);
        var prompts = language.model.Prompt(embeds_BTD, lengths);
        using var decoder = LlamaDecoder.Create(language.model, prompts, 1, steps);
        var (logits, tokens) = (new List<Tensor>(), new List<Tensor>());
        var hidden_BD = prompts.LastHidden_PD;
        for (var step = 0; step < steps; step++)
        {
            logits.Add(language.lm_head.forward(hidden_BD));
            tokens.Add(logits[^1].argmax(-1));
            if (step < steps - 1)
                hidden_BD = decoder.Step(policy.Model.EmbedText(tokens[^1]));
        }

        var tokens_BT = stack(tokens, 1);
        reference.Compare("greedy_tokens", tokens_BT);
        reference.Compare("greedy_logits", stack(logits, 1));
        var found = tokens_BT.cpu().contiguous().data<long>().ToArray().Select(id => (int)id).Chunk(steps);
        reference.Same("greedy_text", found.Select(row => policy.Tokenizer.Decode(row)).SequenceEqual(Texts(settings, "greedy_text")));
    }

    private static IEnumerable<string> Texts(JsonElement settings, string key) =>
        settings.GetProperty(key).EnumerateArray().Select(text => text.GetString()!);

    [GeneratedRegex("^prompt_last([0-9]*)_logits$")]
    private static partial Regex LastLogits();

    private sealed record Conversation(ChatMessage[] Messages, string[] Images)
    {
        public static Conversation Read(JsonElement turns) => new(
            [.. turns.EnumerateArray().Select(turn => new ChatMessage(turn.GetProperty("role").GetString()!, turn.GetProperty("content").GetString()!))],
            [.. turns.EnumerateArray().SelectMany(turn => turn.TryGetProperty("images", out var images)
                ? images.EnumerateArray().Select(image => image.GetString()!) : [])]);
    }
}
