namespace PairUni.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task NoArguments_PrintTheHelp()
    {
        var (code, output, error) = await CliTest.Run();
        code.ShouldBe(0);
        output.ShouldContain("Usage:");
        output.ShouldContain("Examples:\n  pairuni train\n");
        error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("trian", "pairuni: there is no pairuni trian; did you mean pairuni train?\n")]
    [InlineData("report", "pairuni: required argument 'run' missing for command: 'report'; see pairuni report --help\n")]
    [InlineData("report nope", "pairuni: nope is not a run's folder: it has no config.resolved.yaml\n")]
    [InlineData("train --set", "pairuni: required argument missing for option: '--set'; see pairuni train --help\n")]
    [InlineData("train --dri-run", "pairuni: there is no option --dri-run; did you mean --dry-run?\n")]
    [InlineData("train a.yaml b.yaml", "pairuni: unrecognized command or argument 'b.yaml'; see pairuni train --help\n")]
    [InlineData("train --dry-run --set rollout.group_size=1", "pairuni: --set rollout.group_size: rollout.group_size is 1; it must be a whole number from 2 to 1024\n")]
    [InlineData("silo --roles rollout,judge --redis 127.0.0.1:1", "pairuni: --roles rollout,judge: there is no role 'judge'; give rollout, reward, learner or several of them with commas between\n")]
    [InlineData("silo --roles , --redis 127.0.0.1:1", "pairuni: --roles: name at least one of rollout, reward, learner\n")]
    [InlineData("silo --roles rollout", "pairuni: --redis is missing: name the cluster's Redis, such as --redis 127.0.0.1:6379, or set PAIRUNI_REDIS\n")]
    [InlineData("drain", "pairuni: required argument 'worker' missing for command: 'drain'; see pairuni drain --help\n")]
    [InlineData("silo --roles rollout --redis 127.0.0.1:1 --tls-key /none/k.pem --tls-ca /none/ca.pem", "pairuni: TLS needs a certificate, its key and a CA: --tls-cert (or PAIRUNI_TLS_CERT) is missing\n")]
    [InlineData("status --redis 127.0.0.1:1 --tls-cert /none/c.pem", "pairuni: /none/c.pem cannot be read (Could not find a part of the path '/none/c.pem'); fix --tls-cert (or PAIRUNI_TLS_CERT)\n")]
    public async Task WrongUsage_IsOneSentenceAndCode2(string line, string sentence)
    {
        var (code, output, error) = await CliTest.Run(line.Split(' '));
        error.ShouldBe(sentence);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }

    [Fact]
    public async Task Verbose_AddsTheTrace()
    {
        var (code, _, error) = await CliTest.Run("report", "nope", "--verbose");
        code.ShouldBe(2);
        error.ShouldContain("   at PairUni.Cli.RunFiles.RunRecord.Read(");
    }

    [Fact]
    public async Task Version_IsPrinted() => (await CliTest.Run("--version")).Out.ShouldStartWith("0.1.0");
}
