using System.Text.RegularExpressions;

namespace PairUni.Architecture.Tests;

/// <summary>Rules of the source that no analyzer holds.</summary>
public sealed partial class SourceRulesTests
{
    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*#(if|elif)\b", RegexOptions.Multiline)]
    private static partial Regex ConditionalCompilation();

    [Fact]
    public void Src_HasNoConditionalCompilation() =>
        Sources("src").Where(f => ConditionalCompilation().IsMatch(File.ReadAllText(f))).ShouldBeEmpty();

    [Fact]
    public void Src_NamesNeitherPackageChoice() =>
        Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("PairUniPackages", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void EveryTestProject_IsInTheSolution()
    {
        var solution = File.ReadAllText(Repository.Path("PairUni.sln"));
        foreach (var project in Directory.EnumerateFiles(Repository.Path("tests"), "*.csproj", SearchOption.AllDirectories))
            solution.ShouldContain(Path.GetFileName(project));
    }

    [Fact]
    public void AssetsAndFixtures_StayBelow25Megabytes()
    {
        var files = Directory.EnumerateFiles(Repository.Path("assets"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Path("tests"), "*", SearchOption.AllDirectories).Where(f => f.Contains("/Fixtures/", StringComparison.Ordinal)));

        files.Sum(f => new FileInfo(f).Length).ShouldBeLessThan(25_000_000);
    }
}
