namespace PairUni.Cli.Bench.Extraction;

/// <summary>One extraction that bench extraction measured.</summary>
/// <param name="Images">Images that went through the tower.</param>
/// <param name="Seconds">Reading the pool included.</param>
/// <param name="PeakBytes">Largest resident memory of the process in it.</param>
internal sealed record ExtractionRow(int Images, double Seconds, long PeakBytes);
