namespace PairUni.Data.Augmentation;

/// <summary>
/// Counts tokens, and keeps within a budget: what an inquiry may cost at most is reserved before it is sent and settled when its answer
/// is there, so that inquiries under way together cannot overrun it.
/// </summary>
/// <param name="options">Prices and bounds.</param>
/// <param name="spent">What was used before.</param>
public sealed class Account(AccountOptions options, TokenCount spent)
{
    private readonly Lock gate = new();
    private TokenCount reserved;
    private TokenCount most;
    private int open;
    private TaskCompletionSource settled = NewSignal();

    /// <summary>What all answers used, those lost on their way at what they may have cost.</summary>
    public TokenCount Spent { get; private set; } = spent;

    /// <summary>An inquiry did not fit any more; none will be sent from then on.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>Reserves what an inquiry may cost; waits while others are under way that may turn out cheaper.</summary>
    /// <returns>What is reserved, to be settled; null when the budget is reached.</returns>
    public async ValueTask<TokenCount?> Reserve(TokenCount bound, CancellationToken cancellation)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                // A bound that has turned out too low once is not trusted again.
                var wanted = new TokenCount(Math.Max(bound.Input, most.Input), Math.Max(bound.Output, most.Output));
                if (!Exhausted && Fits(Spent + reserved + wanted))
                {
                    (reserved, open) = (reserved + wanted, open + 1);
                    return wanted;
                }
                if (Exhausted || open == 0)
                {
                    Exhausted = true;
                    return null;
                }
                change = settled.Task;
            }
            await change.WaitAsync(cancellation);
        }
    }

    /// <summary>Puts what was used in the place of what was reserved.</summary>
    public void Settle(TokenCount reservation, TokenCount used)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            (reserved, open, Spent) = (reserved - reservation, open - 1, Spent + used);
            most = new(Math.Max(most.Input, used.Input), Math.Max(most.Output, used.Output));
            (signal, settled) = (settled, NewSignal());
        }
        signal.SetResult();
    }

    private bool Fits(TokenCount tokens) => !(tokens.Total > options.Tokens) && !(options.Price(tokens) > options.Money);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
