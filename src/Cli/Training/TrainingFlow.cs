using PairUni.Cli.Config;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Report;
using PairUni.Cli.RunFiles;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Data.PairUg;
using PairUni.Data.Shapes;
using PairUni.Learner.Eval;
using PairUni.Silo;

namespace PairUni.Cli.Training;

/// <summary>
/// A run from its settings to its report:
/// data -> evaluate before -> train (stopped by Ctrl-C or its end) -> evaluate after -> tables and report.html.
/// </summary>
internal sealed class TrainingFlow(CliContext context, RunOptions options, RunFolder folder, string command)
{
    private readonly RunConsole _console = new(context);

    /// <returns>The exit code.</returns>
    public async Task<int> Run()
    {
        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.Requested.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        _console.Line($"run {folder.Name} in {Path.GetRelativePath(".", folder.Path)}");
        WriteSetup();
        RewardModels.Check(options);
        var (pairs, suite) = Data();
        var evaluation = new RunEvaluation(folder.Path, options, suite, _console, context.Time);
        await evaluation.At(options.Model.Path, 0, "before", stop.Token);
        var outcome = await Train(pairs, signals);
        if (outcome is { Phase: RunPhase.Failed, UserError: true, Version: 0 })
            throw new UserErrorException(outcome.Error);
        if (outcome.Phase == RunPhase.Finished)
            await EvaluateCheckpoints(evaluation, outcome.Version, stop.Token);
        return Finish(outcome);
    }

    private void WriteSetup()
    {
        File.WriteAllText(folder.ConfigFile, ResolvedConfig.Write(options));
        File.AppendAllText(folder.CommandFile, command + "\n");
        EnvironmentFile.Write(Path.Combine(folder.Path, "environment.json"), context.Time);
    }

    private (string Pairs, EvalSuite Suite) Data()
    {
        var suite = options.Eval;
        var drawn = new ShapesDatasetOptions { HeldOutPromptsPerTag = suite.PromptsPerTag, HeldOutQuestions = suite.Questions };
        if (options.Data.Path is null)
        {
            var world = ShapesDataset.Ensure(folder.Data, (ulong)options.Run.Seed, options.Data.Pairs, drawn);
            _console.Line($"shapes world: {world.Pairs} pairs, {world.Aligned} aligned and {world.Retrieved} retrieved, {world.Images} images");
            return (world.TrainPath, Held(options.Data.HeldOut ?? folder.Data));
        }

        // Mistakes in the data should show before minutes go into the first evaluation.
        var pairs = PairUgFile.Read(options.Data.Path);
        _console.Line($"{options.Data.Path}: {pairs.Count} pairs, {pairs.Count(p => p.Aligned)} aligned");
        return (options.Data.Path, options.Data.HeldOut is { } heldOut ? Held(heldOut) : HeldOutSuite.Draw((ulong)options.Run.Seed, suite.PromptsPerTag, suite.Questions));
    }

    private EvalSuite Held(string path) => HeldOutSuite.Read(path).Take(options.Eval.PromptsPerTag, options.Eval.Questions);

    private async Task<RunOutcome> Train(string pairs, StopSignals signals)
    {
        using var output = new RunOutput(folder.Path, options, folder.CommittedStep, _console, context.Time);
        return await _console.Progress(
            "training",
            $"{options.Learner.MaxSteps} steps of {options.Learner.PairsPerStep} pairs, groups of {options.Rollout.GroupSize}, {options.Rollout.Workers} workers",
            options.Learner.MaxSteps,
            async done =>
            {
                output.StepDone = done;
                await using var handle = await RunHost.Start(options, folder, pairs, output, context.Time, CancellationToken.None);
                if (await Task.WhenAny(handle.Completion, signals.Requested) == handle.Completion)
                    return await handle.Completion;
                _console.Line("stopping after this step and saving; Ctrl-C again leaves at once");
                return await handle.Stop(save: true);
            });
    }

    private async Task EvaluateCheckpoints(RunEvaluation evaluation, int last, CancellationToken cancellation)
    {
        if (options.Eval.Every > 0)
        {
            foreach (var step in folder.Checkpoints.Steps.Where(s => s < last && s % options.Eval.Every == 0))
                await evaluation.At(folder.Checkpoints.PathOf(step), step, $"step {step}", cancellation);
        }

        await evaluation.At(folder.Checkpoints.PathOf(last), last, "after", cancellation);
    }

    private int Finish(RunOutcome outcome)
    {
        var record = RunRecord.Read(folder.Path);
        if (record.Evals.Count > 1)
        {
            _console.Table(ScoreTable.Of(record.Evals[0].Report, record.Evals[^1].Report));
            _console.Line(Verdict.Of(record));
        }

        _console.Line($"report: {Path.GetRelativePath(".", ReportPage.Write(folder.Path))}");
        switch (outcome.Phase)
        {
            case RunPhase.Finished:
                return ExitCode.Done;
            case RunPhase.Stopped:
                _console.Line($"stopped after step {outcome.Version} of {options.Learner.MaxSteps}; go on with: pairuni train --name {folder.Name} --resume");
                return ExitCode.Interrupted;
            default:
                context.Error.WriteLine($"pairuni: {outcome.Error.TrimEnd('.')}");
                return outcome.UserError ? ExitCode.Usage : ExitCode.Failed;
        }
    }
}
