using PairUni.Cli.Config;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Tests.Config;

public sealed class ConfigLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void NothingGiven_IsTheDefaults() =>
        ResolvedConfig.Write(Load(null)).ShouldBe(ResolvedConfig.Write(new RunOptions()));

    [Fact]
    public void AnEmptyFile_IsTheDefaults() =>
        ResolvedConfig.Write(Load("# nothing\n")).ShouldBe(ResolvedConfig.Write(new RunOptions()));

    [Fact]
    public void EveryType_IsRead()
    {
        var o = Load("""
            run: {name: a-b.c, seed: 12345678901}
            data:
              path: null
              pairs: 1_000
            rollout: {group_size: 4, temperature: 0.5}
            reward:
              generate:
                - {name: shapes, weight: 0.5, mode: strict}
            learner:
              delta: 2
              freeze: [vision_model, "gen_embed"]
            log: {tensorboard: no}
            """);
        o.Run.Name.ShouldBe("a-b.c");
        o.Run.Seed.ShouldBe(12345678901);
        o.Data.Path.ShouldBeNull();
        o.Data.Pairs.ShouldBe(1000);
        o.Rollout.GroupSize.ShouldBe(4);
        o.Rollout.Temperature.ShouldBe(0.5);
        o.Reward.Generate.ShouldBe([new RewardPartOptions { Name = "shapes", Weight = 0.5, Mode = "strict" }]);
        o.Learner.Delta.ShouldBe(2);
        o.Learner.Freeze.ShouldBe(["vision_model", "gen_embed"]);
        o.Log.Tensorboard.ShouldBeFalse();
    }

    [Fact]
    public void LaterLayersWin_FileThenEnvironmentThenFlags()
    {
        var file = _folder.File("c.yaml", "learner: {lr: 1e-3, beta1: 0.5, beta2: 0.6}\n");
        var environment = new Dictionary<string, string> { ["PAIRUNI_LEARNER__BETA1"] = "0.7", ["PAIRUNI_LEARNER__BETA2"] = "0.8", ["PAIRUNI_HOME"] = "x" };
        var o = ConfigLoader.Load(file, ["learner.beta2=0.9", "learner.beta2=0.95"], environment);
        (o.Learner.Lr, o.Learner.Beta1, o.Learner.Beta2).ShouldBe((1e-3, 0.7, 0.95));
    }

    [Theory]
    [InlineData("learner.freeze=[a, b]", "[a, b]")]
    [InlineData("learner.freeze=[]", "[]")]
    public void AFlag_TakesAList(string set, string expected) =>
        ConfigText.Of(Load(null, set).Learner.Freeze).ShouldBe(expected);

    [Theory]
    [InlineData("learner:\n  lrr: 1\n", "c.yaml:2: unknown key learner.lrr; did you mean learner.lr?")]
    [InlineData("rollout:\n  gruop_size: 8\n", "c.yaml:2: unknown key rollout.gruop_size; did you mean rollout.group_size?")]
    [InlineData("run: {}\nlearnr:\n  lr: 1\n", "c.yaml:2: unknown key learnr; did you mean learner?")]
    [InlineData("group_size: 8\n", "c.yaml:1: unknown key group_size; did you mean rollout.group_size?")]
    [InlineData("run:\n  group_size: 8\n", "c.yaml:2: unknown key run.group_size; did you mean rollout.group_size?")]
    [InlineData("reward:\n  generate:\n    - {name: shapes, wieght: 2}\n", "c.yaml:3: unknown key reward.generate[].wieght; did you mean reward.generate[].weight?")]
    public void AnUnknownKey_NamesTheNearestKnownOne(string yaml, string message) => Error(yaml).ShouldBe(message);

    [Theory]
    [InlineData("learner:\n  lr: fast\n", "c.yaml:2: learner.lr is fast; it must be a number above 0 to 1")]
    [InlineData("learner:\n  lr: \"1e-5\"\n", "c.yaml:2: learner.lr is \"1e-5\"; it must be a number above 0 to 1")]
    [InlineData("learner:\n  lr: nan\n", "c.yaml:2: learner.lr is nan; it must be a number above 0 to 1")]
    [InlineData("learner:\n  max_steps: 1.5\n", "c.yaml:2: learner.max_steps is 1.5; it must be a whole number from 1 to 100000000")]
    [InlineData("learner:\n  max_steps:\n", "c.yaml:2: learner.max_steps is empty; it must be a whole number from 1 to 100000000")]
    [InlineData("learner:\n  max_steps: [1]\n", "c.yaml:2: learner.max_steps is a list; it must be a whole number from 1 to 100000000")]
    [InlineData("rollout:\n  group_size: 1\n", "c.yaml:2: rollout.group_size is 1; it must be a whole number from 2 to 1024")]
    [InlineData("run:\n  seed: -1\n", "c.yaml:2: run.seed is -1; it must be a whole number from 0 up")]
    [InlineData("run:\n  seed: 99999999999999999999\n", "c.yaml:2: run.seed is 99999999999999999999; it must be a whole number from 0 up")]
    [InlineData("learner:\n  loss_type: ppo\n", "c.yaml:2: learner.loss_type is ppo; it must be one of grpo, dr_grpo, dapo, bnpo")]
    [InlineData("log:\n  tensorboard: maybe\n", "c.yaml:2: log.tensorboard is maybe; it must be true or false")]
    [InlineData("run:\n  name: ../x\n", "c.yaml:2: run.name is ../x; it must be letters, digits, dots, dashes and underscores, at most 64, beginning with a letter or digit")]
    [InlineData("learner:\n  freeze: vision_model\n", "c.yaml:2: learner.freeze must be a list of words such as [a, b]")]
    [InlineData("reward:\n  generate: []\n", "c.yaml:2: reward.generate is empty; name at least one reward, such as [{name: shapes}]")]
    [InlineData("reward:\n  generate: [{name: answer}]\n", "c.yaml:2: reward.generate names answer; rewards that fit there: shapes, hps")]
    [InlineData("reward:\n  understand: [{name: hps, path: x}]\n", "c.yaml:2: reward.understand names hps; rewards that fit there: answer")]
    [InlineData("reward:\n  generate: [{name: hps}]\n", "c.yaml:2: reward.generate: the hps reward needs its model; add path: with HPS_v2.1_compressed.pt or its folder (docs/rewards.md)")]
    [InlineData("reward:\n  generate: [{name: shapes, path: x}]\n", "c.yaml:2: reward.generate: the shapes reward has no model; leave out path: x")]
    [InlineData("reward:\n  generate: [{name: hps, path: x, mode: dense}]\n", "c.yaml:2: reward.generate: the hps reward has no mode dense; leave it out or use no_antialias")]
    [InlineData("reward:\n  generate: [{name: hps, path: x}, {name: hps, path: y}]\n", "c.yaml:2: reward.generate names hps twice, but a run loads one model of it; keep one of them")]
    [InlineData("reward:\n  understand: [{name: answer, mode: strict}]\n", "c.yaml:2: reward.understand: the answer reward has no mode strict; leave it out")]
    [InlineData("learner:\n  pairs_per_step: 50\ndata:\n  pairs: 10\n", "c.yaml:2: learner.pairs_per_step is 50, more than data.pairs (10); lower it or draw more pairs")]
    public void AWrongValue_IsOneSentenceWithPlaceValueAndRange(string yaml, string message) => Error(yaml).ShouldBe(message);

    [Theory]
    [InlineData("learner:\n  lr: 1\n   beta1: 2\n", "c.yaml:3: not valid YAML: ")]
    [InlineData("learner: {lr: 1\n", "c.yaml:2: not valid YAML: ")]
    [InlineData("learner:\n  lr: 1e-5\n  lr: 1e-6\n", "c.yaml:3: lr is given twice, first at c.yaml:2; remove one")]
    [InlineData("- a\n", "c.yaml:1: the config must hold sections such as learner:")]
    [InlineData("learner: 5\n", "c.yaml:1: learner must hold keys such as learner.pairs_per_step")]
    [InlineData("a: &x 1\nb: *x\n", "c.yaml:2: YAML aliases are not supported; write the value out")]
    [InlineData("run: {}\n---\nrun: {}\n", "c.yaml:2: a second YAML document begins here; keep one document in the file")]
    public void AMalformedFile_NamesTheLine(string yaml, string begin) => Error(yaml).ShouldStartWith(begin);

    [Fact]
    public void AMillionBrackets_AreRefusedWithoutACrash() =>
        Error("learner: " + new string('[', 500_000)).ShouldBe("c.yaml:1: nested more than 16 levels deep; no setting needs that");

    [Fact]
    public void AnUnknownVariable_IsNamed() =>
        Should.Throw<UserErrorException>(() => ConfigLoader.Load(null, [], [new("PAIRUNI_LEARNER__LRR", "1")]))
            .Message.ShouldBe("PAIRUNI_LEARNER__LRR: unknown key learner.lrr; did you mean learner.lr?");

    [Theory]
    [InlineData("learner.lr", "--set learner.lr: write key=value, such as --set learner.lr=1e-5")]
    [InlineData("learner.lr=x", "--set learner.lr: learner.lr is x; it must be a number above 0 to 1")]
    [InlineData("learner.l=1", "--set learner.l: unknown key learner.l; did you mean learner.lr?")]
    public void AWrongFlag_IsNamed(string set, string message) =>
        Should.Throw<UserErrorException>(() => Load(null, set)).Message.ShouldBe(message);

    [Fact]
    public void AMissingFile_SaysSo() =>
        Should.Throw<UserErrorException>(() => ConfigLoader.Load("no/such.yaml", [], [])).Message.ShouldBe("no/such.yaml: no such config file; see configs/ for examples");

    public void Dispose() => _folder.Dispose();

    private RunOptions Load(string? yaml, params string[] sets) =>
        ConfigLoader.Load(yaml is null ? null : _folder.File("c.yaml", yaml), sets, []);

    private string Error(string yaml)
    {
        var message = Should.Throw<UserErrorException>(() => Load(yaml)).Message;
        return message.Replace(_folder.Path + "/", "", StringComparison.Ordinal);
    }
}
