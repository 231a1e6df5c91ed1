using System.Globalization;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Chaos;

/// <summary>The same run in one process that nobody disturbs; made as far as somebody asks, once for all chaos runs that share it.</summary>
internal sealed class UndisturbedRun(ChaosPlace place, int maxLag)
{
    private const string Name = "undisturbed";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private int _steps;

    /// <summary>What its journal proves and where its metrics are, through a step at least.</summary>
    /// <exception cref="UserErrorException">It could not be made.</exception>
    public async Task<(JournalReport Journal, string Metrics)> Through(int steps, CancellationToken cancellationToken)
    {
        if (steps > _steps)
        {
            Directory.CreateDirectory(place.Runs);
            await File.WriteAllTextAsync(place.Config, ChaosConfig.Yaml(place.Runs, Math.Max(1, steps), maxLag, leaseSeconds: 60), cancellationToken);
            string[] words = _steps == 0
                ? ["train", place.Config, "--name", Name, "--overwrite"]
                : ["train", "--name", Name, "--resume", "--set", $"run.out={place.Runs}", "--set", string.Create(CultureInfo.InvariantCulture, $"learner.max_steps={steps}")];
            var (code, output, error) = await PairUniProgram.Run(Limit, new Dictionary<string, string>(), cancellationToken, words);
            if (code != 0) throw new UserErrorException($"The undisturbed run failed: {error.Trim()} {output.Trim()}");
            _steps = steps;
        }

        return (JournalChecker.Check(place.Journal(Name), new()), Path.Combine(place.Run(Name), "metrics.jsonl"));
    }
}
