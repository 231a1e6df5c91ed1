using System.Globalization;
using PairUni.Cli.Output;
using PairUni.Learner.Pretraining;

namespace PairUni.Cli.Pretraining;

/// <summary>pretrain.jsonl beside the model, a line an update, and now and then a line on the console with the means since the last.</summary>
internal sealed class PretrainingLog(string path, string stage, RunConsole console, Action<int> done)
{
    private const int Every = 50;
    private readonly MetricsFile _file = MetricsFile.Open(path, 0);
    private readonly Dictionary<string, double> _sums = [];
    private int _since;

    public void Report(PretrainingProgress progress)
    {
        _file.Append(progress.Step, progress.Values);
        foreach (var (name, value) in progress.Values)
            _sums[name] = _sums.GetValueOrDefault(name) + value;
        _since++;
        done(progress.Step);
        if (progress.Step % Every != 0 && progress.Step != progress.Steps)
            return;
        var means = _sums.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value / _since:G4}"));
        console.Line($"{stage} {progress.Step}/{progress.Steps}  {string.Join("  ", means)}");
        _sums.Clear();
        _since = 0;
    }

    public void Close() => _file.Dispose();
}
