using System.Text.Json;
using PairUni.Data.Import;
using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>Takes one sample from what it has to what it lacks: an answer that is well formed, then a second look at it.</summary>
internal sealed class SampleAugmentation(AugmentOptions options, IAnnotator annotator, AnnotatorCalls calls)
{
    /// <summary>Field of a completed sample that says by what; it goes on into the pairs.</summary>
    public const string Field = "augmented";

    private (AugmentStage Write, AugmentStage Check) Stages =>
        options.Task == SampleTask.Understand ? (AugmentStage.Caption, AugmentStage.CheckCaption) : (AugmentStage.Question, AugmentStage.CheckQuestion);

    public async Task<AugmentResult> Complete(PoolSample sample, string imageFile, CancellationToken stop)
    {
        if (sample.CanUnderstand && sample.CanGenerate)
            return new(SampleState.WasComplete, sample);
        var origin = Inquiry.DigestOf(sample);
        try
        {
            var (draft, ended) = await Answer(new(Stages.Write, sample, imageFile, origin), sample, Read, stop);
            if (ended is not null)
                return ended;
            var (verdict, second) = await Answer(new(Stages.Check, draft!, imageFile, origin), sample, AnswerReader.Verdict, stop);
            return second ?? (verdict.Contradiction ? Reject(sample, draft!, Stages.Check, "contradiction", verdict.Reason)
                : !verdict.Sufficient ? Reject(sample, draft!, Stages.Check, "insufficient", verdict.Reason)
                : new(SampleState.Completed, Signed(draft!)));
        }
        catch (AnnotatorException fault) when (fault.Fault == AnnotatorFault.Unacceptable)
        {
            return Reject(sample, sample, Stages.Write, "unacceptable", fault.Message);
        }
        catch (AnnotatorException fault) when (fault.Fault == AnnotatorFault.Passing)
        {
            return new(SampleState.GivenUp, sample, Reason: fault.Message);
        }

        PoolSample Read(string answer) => Stages.Write == AugmentStage.Caption ? AnswerReader.WithCaption(sample, answer) : AnswerReader.WithQuestion(sample, answer, origin);
    }

    // Either something that was read, or how the sample ended.
    private async Task<(T? Read, AugmentResult? Ended)> Answer<T>(Inquiry inquiry, PoolSample sample, Func<string, T> read, CancellationToken stop)
    {
        var problem = "";
        for (var i = 0; i < options.Tries; i++)
        {
            if (await calls.Ask(inquiry, i, stop) is not { } entry)
                return (default, new(SampleState.Open, sample));
            switch (entry.Outcome)
            {
                case AnswerOutcome.Refused:
                    return (default, Reject(sample, inquiry.Sample, inquiry.Stage, "refusal", entry.Text));
                case AnswerOutcome.CutShort:
                    problem = $"the answer was cut short after {entry.OutputTokens} tokens";
                    break;
                default:
                    try
                    {
                        return (read(entry.Text), null);
                    }
                    catch (FormatException fault)
                    {
                        problem = fault.Message;
                    }
                    break;
            }
        }
        return (default, Reject(sample, inquiry.Sample, inquiry.Stage, "malformed", $"{problem} ({options.Tries} answers)"));
    }

    private AugmentResult Reject(PoolSample sample, PoolSample draft, AugmentStage stage, string kind, string reason) => new(SampleState.Rejected, sample, new()
    {
        Id = sample.Id,
        Source = sample.Source,
        Kind = kind,
        Reason = reason,
        Stage = stage,
        Prompt = draft.Prompt,
        Question = draft.Question,
        Answer = draft.Answer,
        Model = annotator.Model,
        PromptVersion = annotator.PromptVersion(stage),
    });

    private PoolSample Signed(PoolSample draft) => draft with
    {
        Unknown = new(draft.Unknown ?? [])
        {
            [Field] = JsonSerializer.SerializeToElement(new { model = annotator.Model, prompts = new[] { annotator.PromptVersion(Stages.Write), annotator.PromptVersion(Stages.Check) } }),
        },
    };
}
