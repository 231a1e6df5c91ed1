namespace PairUni.Modeling.Files;

/// <summary>One stored (uncompressed) file of a zip archive: where its bytes lie.</summary>
internal readonly record struct ZipEntry(string Name, long Offset, long Length);
