namespace PairUni.Cli.Tests;

/// <summary>Files of the checkout the tests were built from, and the switch that rewrites generated ones.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Compares a generated text with the file in the repository; with PAIRUNI_UPDATE_DOCS=1 it rewrites the file first.</summary>
    public static void ShouldHold(string relativePath, string generated)
    {
        var path = Path.Combine(Root, relativePath);
        if (Environment.GetEnvironmentVariable("PAIRUNI_UPDATE_DOCS") == "1")
            File.WriteAllText(path, generated);
        File.ReadAllText(path).ShouldBe(generated, $"{relativePath} is out of date: PAIRUNI_UPDATE_DOCS=1 artifacts/bin/PairUni.Cli.Tests/release/PairUni.Cli.Tests rewrites it");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PairUni.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("no PairUni.sln above " + AppContext.BaseDirectory);
        return folder.FullName;
    }
}
