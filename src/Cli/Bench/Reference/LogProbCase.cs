using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Teacher-forced log-probabilities of image tokens, with and without guidance, and of answers.</summary>
internal static class LogProbCase
{
    private const double CfgWeight = 5;

    /// <param name="policy">The model.</param>
    /// <param name="reference">case6_logprob.</param>
    /// <param name="question">case3_single_image, whose image the answers are about; null where there are no answers.</param>
    public static void Run(JanusPolicy policy, ReferenceCase reference, ReferenceCase? question)
    {
        var ids = reference.Ints("prompt_ids");
        var drawn = new ImageSequence(ids, reference.Rows("image_tokens"));
        var twin = drawn with { PromptIds = policy.Prompts.Unconditional(ids) };
        reference.Compare("full_logits_cond", TeacherForcing.ImageLogits(policy.Model, [drawn]));
        reference.Compare("full_logits_uncond", TeacherForcing.ImageLogits(policy.Model, [twin]));
        var conditional = TeacherForcing.ImageLogProbs(policy.Model, [drawn]);
        reference.Compare("image_logprob_cond", conditional.Logp_BT);
        reference.Compare("image_entropy_cond", conditional.Entropy_BT);
        reference.Compare("image_logprob_uncond", TeacherForcing.ImageLogProbs(policy.Model, [twin]).Logp_BT);
        reference.Compare("image_logprob_cfg5", TeacherForcing.GuidedImageLogProbs(policy, [drawn], CfgWeight).Logp_BT);

        if (question is null || !reference.Has("text_prompt_ids"))
            return;
        var prompt = reference.Ints("text_prompt_ids");
        bool[] mask = [.. prompt.Select(id => id == policy.Tokenizer.ImagePlaceholderId)];
        var answers = new TextSequence(prompt, mask, question["pixel_values"].select(0, 0), reference.Rows("text_answer_tokens"));
        reference.Compare("text_logprob", TeacherForcing.TextLogProbs(policy.Model, [answers]).Logp_BT);
    }
}
