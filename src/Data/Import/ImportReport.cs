namespace PairUni.Data.Import;

/// <summary>What an import made.</summary>
/// <param name="Path">The pool file.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Images">Different images.</param>
/// <param name="WithoutImage">Records that had no image and were left out.</param>
/// <param name="Problems">What was wrong, one sentence each with file and line.</param>
public sealed record ImportReport(string Path, int Samples, int Images, int WithoutImage, IReadOnlyList<string> Problems);
