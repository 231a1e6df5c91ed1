using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.RunFiles;
using PairUni.Contracts.Options;
using PairUni.Learner.Eval;
using PairUni.Modeling.Janus;

namespace PairUni.Cli.Training;

/// <summary>Measures a run's models on its held-out suite, with the same seeds each time, into eval/step-000000/ and on.</summary>
internal sealed class RunEvaluation(string runFolder, RunOptions options, EvalSuite suite, RunConsole console, TimeProvider time)
{
    /// <summary>Prompts and questions of each tag whose images the report can show.</summary>
    private const int ShownPerTag = 16;

    /// <summary>Evaluates a model unless this run has done so.</summary>
    /// <param name="model">Its folder.</param>
    /// <param name="step">Steps it was trained.</param>
    /// <param name="what">"before", "after" or the step in words.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public async Task<EvalReport> At(string model, int step, string what, CancellationToken cancellation)
    {
        if (EvalFolder.ReadAll(runFolder).FirstOrDefault(e => e.Step == step) is { } known)
            return known.Report;
        var settings = new EvalSettings
        {
            Seed = (ulong)options.Run.Seed,
            SamplesPerPrompt = options.Eval.SamplesPerPrompt,
            Temperature = options.Rollout.Temperature,
            CfgWeight = options.Rollout.CfgWeight,
            MaxNewTokens = options.Rollout.MaxNewTokens,
            KeepPerTag = ShownPerTag,
        };
        var device = ModelFlags.ParseDevice(options.Model.Device, "model.device");
        using var policy = JanusPolicy.Load(model, device);
        var loops = ModelFlags.Loops(device, options.Model.Device == "cpu" ? options.Rollout.Workers : 1, options.Rollout.Threads);
        try
        {
            var report = await console.Progress(
                $"evaluating {what}",
                $"{suite.Prompts.Count} prompts x {settings.SamplesPerPrompt} images, {suite.Questions.Count} questions",
                suite.Prompts.Count + suite.Questions.Count,
                done => Evaluator.Run(new PolicyEvalModel(policy, settings), $"step {step}", suite, settings, loops, time, new DirectProgress(done), cancellation));
            EvalFolder.Write(EvalFolder.PathOf(runFolder, step), report);
            return report;
        }
        finally
        {
            foreach (var loop in loops)
                await loop.DisposeAsync();
        }
    }
}
