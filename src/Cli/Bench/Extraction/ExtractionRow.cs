namespace PairUni.Cli.Bench.Extraction;

/// <summary>One extraction that bench extraction measured.</summary>
/// <param name="Images">Images that went through the tower.</param>
/// <param name="Seconds">From the first image's decoding to the last features on the disk.</param>
/// <param name="PeakBytes">Largest resident memory of the process in it and in reading the pool.</param>
internal sealed record ExtractionRow(int Images, double Seconds, long PeakBytes);
