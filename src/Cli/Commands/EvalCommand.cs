using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.RunFiles;
using PairUni.Learner.Eval;

namespace PairUni.Cli.Commands;

/// <summary>pairuni eval: what a model scores on held-out prompts and questions, alone or against an earlier evaluation.</summary>
internal static class EvalCommand
{
    public static Command Create(CliContext context)
    {
        var flags = new EvalFlags();
        var command = new CliCommand("eval", "Score a model on held-out prompts and questions.")
        {
            Examples =
            [
                "eval",
                "eval --model runs/default/checkpoints/step-000280 --json after.json",
                "eval --model runs/default/checkpoints/step-000280 --before before.json",
            ],
        };
        flags.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(context, flags, parsed, cancellation));
        return command;
    }

    private static async Task<int> Run(CliContext context, EvalFlags flags, ParseResult parsed, CancellationToken cancellation)
    {
        var before = parsed.GetValue(flags.Before) is { } file ? EvalFolder.Read(file) : null;
        var console = new RunConsole(context);
        var (suite, settings) = (flags.SuiteOf(parsed), flags.SettingsOf(parsed));
        using var policy = flags.Model.Load(parsed);
        var loops = flags.Model.Loops(parsed);
        try
        {
            var total = suite.Prompts.Count + suite.Questions.Count;
            var report = await console.Progress(
                "evaluating",
                $"{flags.Model.Path(parsed)} on {suite.Prompts.Count} prompts x {settings.SamplesPerPrompt} images and {suite.Questions.Count} questions",
                total,
                done => Evaluator.Run(new PolicyEvalModel(policy, settings), flags.Model.Path(parsed), suite, settings, loops, context.Time, new DirectProgress(done), cancellation));
            console.Table(before is null ? ScoreTable.Of(report) : ScoreTable.Of(before, report));
            if (parsed.GetValue(flags.Json) is { } json)
            {
                EvalFolder.WriteJson(json, report);
                console.Line(json);
            }

            return ExitCode.Done;
        }
        finally
        {
            foreach (var loop in loops)
                await loop.DisposeAsync();
        }
    }
}
