namespace PairUni.Cli.Bench;

/// <summary>Log-probabilities of the same tokens from the cached decode that drew them and from one teacher-forced pass.</summary>
/// <param name="Dtype">Type of the weights.</param>
/// <param name="Batch">Samples drawn together.</param>
/// <param name="Law">Which tokens, and under which law.</param>
/// <param name="Tokens">How many tokens were compared.</param>
/// <param name="Mean">Mean |difference|, nats.</param>
/// <param name="Max">Largest |difference|, nats.</param>
/// <param name="DecodeSeconds">What drawing them took.</param>
/// <param name="RecomputeSeconds">What the teacher-forced pass took.</param>
internal sealed record ParityRow(
    string Dtype, int Batch, string Law, int Tokens, double Mean, double Max, double DecodeSeconds, double RecomputeSeconds);
