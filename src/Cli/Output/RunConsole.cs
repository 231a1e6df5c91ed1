using Spectre.Console;

namespace PairUni.Cli.Output;

/// <summary>
/// What a person sees of long work: lines, and on a terminal a progress bar under them. In a pipe nothing is redrawn and nothing wraps.
/// Calls may come from any thread.
/// </summary>
internal sealed class RunConsole
{
    private readonly Lock _gate = new();
    private readonly TextWriter _out;
    private readonly IAnsiConsole? _terminal;

    public RunConsole(CliContext context)
    {
        _out = context.Out;
        if (context.IsTerminal)
            _terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Out) });
    }

    public void Line(string text)
    {
        lock (_gate)
        {
            if (_terminal is null)
            {
                _out.WriteLine(text);
                _out.Flush();
            }
            else
            {
                _terminal.Write(new Text(text + "\n"));
            }
        }
    }

    public void Table(Table table)
    {
        lock (_gate)
        {
            var console = _terminal ?? AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(_out),
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
            });
            if (_terminal is null)
                console.Profile.Width = 120;
            console.Write(table);
        }
    }

    /// <summary>Says what is to be done in a line and does it, on a terminal under a progress bar.</summary>
    /// <param name="title">A word or two beside the bar.</param>
    /// <param name="detail">What comes after the title in the line.</param>
    /// <param name="total">Units of the whole work.</param>
    /// <param name="work">The work; it is given what to call with the units done so far.</param>
    public async Task<T> Progress<T>(string title, string detail, int total, Func<Action<int>, Task<T>> work)
    {
        Line($"{title}: {detail}");
        if (_terminal is null)
            return await work(_ => { });

        return await _terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 40 }, new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total));
                return await work(done => bar.Value = done);
            });
    }
}
