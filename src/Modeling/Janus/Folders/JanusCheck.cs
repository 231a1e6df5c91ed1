using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using PairUni.Modeling.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Folders;

/// <summary>Runs one step of each path through a loaded model. A path that gives values which are no numbers fails.</summary>
public static class JanusCheck
{
    private const string Prompt = "a photo of a red circle left of a blue square";
    private const string Question = "What colour is the circle?";

    // Codes along one side: the smallest image whose decoding passes through every layer.
    private const int Side = 2;

    /// <summary>Every weight is a finite number.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ModelFileException">One is not.</exception>
    public static long Weights(JanusPolicy policy)
    {
        long count = 0;
        using IDisposable guard = inference_mode();
        foreach ((string name, Tensor tensor) in policy.Weights())
        {
            using DisposeScope scope = NewDisposeScope();
            // Infinities and NaNs survive a sum; nothing else makes one of values of these sizes.
            if (!double.IsFinite(tensor.sum(type: ScalarType.Float32).ToDouble()))
                throw new ModelFileException($"The weights {name} hold values that are no finite numbers; download or save the model again.");
            count += tensor.numel();
        }
        return count;
    }

    /// <summary>One image and a question through tower, aligner and language model to the first token of an answer.</summary>
    /// <returns>The token's text.</returns>
    public static string Understanding(JanusPolicy policy)
    {
        var image = RgbImage.Filled(96, 64, 200, 60, 30);
        TextSamples answer = TextSampler.Sample(policy, image, Question, [1], new TextSamplingOptions { Temperature = 0, MaxNewTokens = 1 });
        if (!float.IsFinite(answer.Logp[0][0]))
            throw new ModelFileException("The first token of an answer has no finite probability; the model computes no numbers in this type.");
        return policy.Tokenizer.Decode(answer.Tokens[0], skipSpecial: false);
    }

    /// <summary>Two image tokens by the cached decoder and again in one pass over the whole sequence.</summary>
    /// <returns>The largest difference between the two in log-probability.</returns>
    public static double Generation(JanusPolicy policy)
    {
        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        JanusModel model = policy.Model;
        int[] prompt = policy.Prompts.Generation(Prompt);
        int[] tokens = [1, 2];
        PromptKeyValues known = model.language_model.model.Prompt(model.EmbedText(PromptBatch.Ids([prompt], model.Device)), [prompt.Length]);
        using LlamaDecoder decoder = LlamaDecoder.Create(model.language_model.model, known, 1, 1);
        Tensor fed_BD = model.EmbedCodes(tensor(new[] { (long)tokens[0] }, ScalarType.Int64, model.Device));
        double[] cached = [Logp(known.LastHidden_PD, tokens[0]), Logp(decoder.Step(fed_BD), tokens[1])];
        TokenLogProbs whole = TeacherForcing.ImageLogProbs(model, [new ImageSequence(prompt, [tokens])]);
        double difference = cached.Select((logp, i) => Math.Abs(logp - whole.Logp_BT[0, i].ToDouble())).Max();
        return double.IsFinite(difference)
            ? difference
            : throw new ModelFileException("An image token has no finite probability; the model computes no numbers in this type.");

        double Logp(Tensor hidden_BD, int token) => model.gen_head.forward(hidden_BD).to_type(ScalarType.Float32).log_softmax(-1)[0, token].ToDouble();
    }

    /// <summary>A few codes to pixels and back.</summary>
    /// <returns>Pixels along one side.</returns>
    public static int Pixels(JanusPolicy policy)
    {
        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor codes_BN = zeros(1, Side * Side, ScalarType.Int64, policy.Model.Device);
        Tensor image_BCHW = policy.Model.gen_vision_model.Decode(codes_BN);
        if (!(bool)image_BCHW.isfinite().all())
            throw new ModelFileException("Decoded pixels are no finite numbers; the model computes no numbers in this type.");
        policy.Model.gen_vision_model.Encode(image_BCHW.to_type(policy.Model.Dtype));
        return (int)image_BCHW.size(2);
    }
}
