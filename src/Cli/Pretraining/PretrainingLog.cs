using System.Globalization;
using System.Text;
using PairUni.Cli.Output;
using PairUni.Learner.Pretraining;

namespace PairUni.Cli.Pretraining;

/// <summary>A JSON line for every update of every stage, and now and then a line on the console with the means since the last.</summary>
internal sealed class PretrainingLog(string folder, RunConsole console) : IDisposable
{
    private const int Every = 50;
    private readonly Dictionary<string, double> _sums = [];
    private FileStream? _file;
    private string _stage = "";
    private int _since;

    public void Report(string stage, PretrainingProgress progress)
    {
        if (stage != _stage)
            Begin(stage);
        _file!.Write(MetricsFile.Line(progress.Step, progress.Values));
        foreach (var (name, value) in progress.Values)
            _sums[name] = _sums.GetValueOrDefault(name) + value;
        _since++;
        if (progress.Step % Every == 0 || progress.Step == progress.Steps)
            Tell(progress);
    }

    public void Dispose() => _file?.Dispose();

    private void Begin(string stage)
    {
        _stage = stage;
        _file?.Dispose();
        _file = new FileStream(Path.Combine(folder, stage.Replace(' ', '-') + ".jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read);
        _since = 0;
        _sums.Clear();
    }

    private void Tell(PretrainingProgress progress)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{_stage} {progress.Step}/{progress.Steps}");
        foreach (var (name, sum) in _sums.OrderBy(s => s.Key, StringComparer.Ordinal))
            line.Append(CultureInfo.InvariantCulture, $"  {name} {sum / _since:G4}");
        console.Line(line.ToString());
        _file!.Flush();
        _since = 0;
        _sums.Clear();
    }
}
