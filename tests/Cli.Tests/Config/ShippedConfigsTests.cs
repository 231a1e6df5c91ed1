using PairUni.Cli.Config;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Tests.Config;

public sealed class ShippedConfigsTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Repository.Root, "configs"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryShippedConfig_LoadsAndOpensWithAComment(string file)
    {
        var path = Path.Combine(Repository.Root, "configs", file);
        ConfigLoader.Load(path, [], []).ShouldNotBeNull();
        File.ReadLines(path).First().ShouldStartWith("# ");
    }

    [Fact]
    public void DefaultYaml_SpellsOutTheBuiltInDefaults()
    {
        var header = File.ReadLines(Path.Combine(Repository.Root, "configs/default.yaml")).TakeWhile(l => l.StartsWith('#'));
        Repository.ShouldHold("configs/default.yaml", string.Concat(header.Select(l => l + "\n")) + ResolvedConfig.Write(new RunOptions()));
    }
}
