using System.Xml.Linq;

namespace PairUni.Architecture.Tests;

/// <summary>Holds the direction of references between the projects of src/.</summary>
public sealed class ReferenceTableTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Algorithms"] = [],
        ["Client"] = ["Contracts"],
        ["Modeling"] = [],
        ["Data"] = ["Modeling"],
        ["Learner"] = ["Contracts", "Algorithms", "Modeling", "Data"],
        ["Grains"] = ["Contracts", "Algorithms"],
        ["Silo"] = ["Contracts", "Client", "Algorithms", "Modeling", "Data", "Learner", "Grains"],
        ["Cli"] = ["Contracts", "Client", "Algorithms", "Modeling", "Data", "Learner", "Grains", "Silo"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Fact]
    public void EveryProjectOfSrc_IsInTheTable() =>
        Directory.GetDirectories(Repository.Path("src")).Select(Path.GetFileName).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void AProject_ReferencesOnlyWhatTheTableAllows(string project)
    {
        var file = Repository.Path("src", project, $"PairUni.{project}.csproj");
        var referenced = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileName(Path.GetDirectoryName(r.Attribute("Include")!.Value)!));

        referenced.ShouldBeSubsetOf(Allowed[project]);
    }

    [Fact]
    public void TheAssemblies_ReferenceNoMoreThanTheProjectsSay()
    {
        foreach (var project in Allowed.Keys.Except(["Cli"]))
        {
            var assembly = System.Reflection.Assembly.Load($"PairUni.{project}");
            var referenced = assembly.GetReferencedAssemblies().Select(a => a.Name!)
                .Where(n => n.StartsWith("PairUni.", StringComparison.Ordinal)).Select(n => n["PairUni.".Length..]);
            referenced.ShouldBeSubsetOf(Allowed[project], project);
        }
    }
}
