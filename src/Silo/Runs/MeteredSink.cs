using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>A sink whose steps the silo's metrics show.</summary>
public sealed class MeteredSink(string run, IProgressSink sink, SiloInstruments instruments) : IProgressSink, IDisposable
{
    public void Step(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        sink.Step(step, groups);
        instruments.StepTrained(run, step);
    }

    public void Restored(int step) => sink.Restored(step);

    public void Message(string sentence) => sink.Message(sentence);

    public void Dispose() => (sink as IDisposable)?.Dispose();
}
