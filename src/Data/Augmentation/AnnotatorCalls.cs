using System.Runtime.CompilerServices;

namespace PairUni.Data.Augmentation;

/// <summary>Asks an annotator, patiently and within the budget: an answer that is in the log is taken from there, a new one is logged first.</summary>
/// <remarks>
/// <code>
/// samples --Ask--> log? --> [slots: concurrency] --> budget reserved --> annotator --> log --> settled
///                    ^                                                       | busy, failing, cut: slot given back, wait
///                    +--------------------------- ask again -----------------+
/// </code>
/// | part | produces | waits for | unblocked by |
/// | Ask | an answer | a slot | an answer to another sample, a stop |
/// | | | room in the budget | another answer that is cheaper than reserved; none under way ends the wait |
/// | | | the annotator | its answer, the timeout |
/// | | | the backoff | time, a stop |
/// </remarks>
internal sealed class AnnotatorCalls(AugmentOptions options, IAnnotator annotator, AnswerLog log, Account account, TimeProvider time) : IDisposable
{
    private const int FailuresInARow = 8;
    private readonly SemaphoreSlim slots = new(Math.Min(options.Concurrency, annotator.Width));
    private int answered;
    private int fromLog;
    private int lost;
    private int failures;

    /// <summary>Answers that were paid for since the start.</summary>
    public int Answered => answered;

    /// <summary>Answers that the log had.</summary>
    public int FromLog => fromLog;

    /// <summary>Answers that may have been paid for and never came.</summary>
    public int Lost => lost;

    /// <summary>Gets the answer number <paramref name="attempt"/> to an inquiry.</summary>
    /// <returns>The answer; null when the budget is reached.</returns>
    /// <exception cref="AnnotatorException">Unacceptable: of this sample. Passing: given up for this sample. Others stop everything.</exception>
    /// <exception cref="OperationCanceledException">Stopped before it was sent; what was sent is waited for.</exception>
    public async Task<LogEntry?> Ask(Inquiry inquiry, int attempt, CancellationToken stop)
    {
        var prompt = annotator.PromptVersion(inquiry.Stage);
        var key = inquiry.Key(prompt, annotator.Model);
        if (log.Find(key, attempt) is { } known)
        {
            Interlocked.Increment(ref fromLog);
            return known;
        }
        var entry = new LogEntry
        {
            Key = key,
            Try = attempt,
            Id = inquiry.Sample.Id,
            Sha256 = inquiry.Sample.Sha256,
            Sample = inquiry.Origin,
            Stage = inquiry.Stage,
            Prompt = prompt,
            Model = annotator.Model,
            Outcome = AnswerOutcome.Lost,
            Text = "",
            InputTokens = 0,
            OutputTokens = 0,
        };
        for (var sent = 1; ; sent++)
        {
            TimeSpan wait;
            await slots.WaitAsync(stop);
            try
            {
                if (await account.Reserve(annotator.Bound(inquiry), stop) is not { } reserved)
                    return null;
                var answer = await Once(inquiry, entry, reserved, stop);
                (_, failures) = (Interlocked.Increment(ref answered), 0);
                return answer;
            }
            catch (AnnotatorException fault) when (fault.Fault is AnnotatorFault.Passing || (fault.Fault is AnnotatorFault.Unreachable && answered > 0))
            {
                if (fault.RetryAfter > options.LongestRetryAfter)
                    throw new AnnotatorException(AnnotatorFault.Fatal, $"{fault.Message}; it asks to wait {fault.RetryAfter.Value.TotalMinutes:0} minutes, longer than this run does; run it again then", fault);
                if (sent >= options.Attempts)
                    throw Failed(new(AnnotatorFault.Passing, $"{fault.Message}, {sent} times", fault));
                wait = options.Backoff.Wait(sent, fault.RetryAfter, options.Seed, key);
            }
            catch (AnnotatorException fault) when (fault.Fault is AnnotatorFault.Unacceptable)
            {
                throw Failed(fault);
            }
            finally
            {
                slots.Release();
            }
            await Task.Delay(wait, time, stop);
        }
    }

    public void Dispose() => slots.Dispose();

    // One inquiry sent once. Nothing stops it but its time, because what is under way is paid for.
    private async Task<LogEntry> Once(Inquiry inquiry, LogEntry entry, TokenCount reserved, CancellationToken stop)
    {
        var used = new StrongBox<TokenCount>();
        using var limit = new CancellationTokenSource(options.Timeout, time);
        try
        {
            stop.ThrowIfCancellationRequested();
            var answer = await annotator.Ask(inquiry, limit.Token);
            used.Value = answer.Tokens ?? reserved;
            entry = entry with { Outcome = answer.Outcome, Text = answer.Text, ServedBy = answer.ServedBy, Estimated = answer.Tokens is null, InputTokens = used.Value.Input, OutputTokens = used.Value.Output };
            await log.Append(entry);
            return entry;
        }
        catch (OperationCanceledException fault) when (limit.IsCancellationRequested)
        {
            await Lose(entry, reserved, used);
            throw new AnnotatorException(AnnotatorFault.Passing, $"no answer within {options.Timeout.TotalSeconds:0.#} s", fault);
        }
        catch (AnnotatorException fault) when (fault.MayBePaid)
        {
            await Lose(entry, reserved, used);
            throw;
        }
        finally
        {
            account.Settle(reserved, used.Value);
        }
    }

    private async Task Lose(LogEntry entry, TokenCount reserved, StrongBox<TokenCount> used)
    {
        used.Value = reserved;
        Interlocked.Increment(ref lost);
        await log.Append(entry with { Estimated = true, InputTokens = reserved.Input, OutputTokens = reserved.Output });
    }

    private AnnotatorException Failed(AnnotatorException fault) => Interlocked.Increment(ref failures) < FailuresInARow ? fault
        : new(AnnotatorFault.Fatal, $"{FailuresInARow} samples in a row failed, the last one so: {fault.Message}; see to that and run this again, which goes on from the log", fault);
}
