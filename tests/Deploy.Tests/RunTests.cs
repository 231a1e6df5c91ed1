using PairUni.Architecture.Tests;
using PairUni.Cli.Config;

namespace PairUni.Deploy.Tests;

/// <summary>The run that an overlay submits.</summary>
public sealed class RunTests
{
    [Theory]
    [InlineData("dev", "shapes", "cpu")]
    [InlineData("gpu", "janus-pro", "cuda")]
    public void ItsSettings_AreSettings(string overlay, string name, string device)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("pairuni-").FullName, "run.yaml");
        File.WriteAllText(file, Rendered.Overlay(overlay).One("ConfigMap", "pairuni-run")["data"]!["run.yaml"].Text());

        var options = ConfigLoader.Load(file, [], []);

        (options.Run.Name, options.Model.Device, options.Rollout.MaxLag).ShouldBe((name, device, 1));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("gpu")]
    [InlineData("tls")]
    public void TheJob_SubmitsTheFileThatIsMounted(string overlay)
    {
        var job = Rendered.Overlay(overlay).One("Job", "pairuni-submit");
        job.Container()["args"]!.AsArray().Select(a => a.Text()).ShouldBe(["submit", "/etc/pairuni/run/run.yaml"]);
        job.Pod()["volumes"]!.AsArray().Single(v => v!["name"].Text() == "run")!["configMap"]!["name"].Text().ShouldBe("pairuni-run");
    }

    [Fact]
    public void TheRunThatTheBaseHolds_IsTheDevOverlays() =>
        Rendered.Overlay("dev").One("ConfigMap", "pairuni-run")["data"]!["run.yaml"].Text().ShouldBe(File.ReadAllText(Repository.Path("deploy", "k8s", "run", "run.yaml")));
}
