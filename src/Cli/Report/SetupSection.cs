using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>What is needed to do it again: command, settings, environment.</summary>
internal static class SetupSection
{
    public static string Of(RunRecord run)
    {
        var command = run.Command.Length == 0 ? "" : $"<h3>Command</h3><pre class=\"block\">{Html.Text(run.Command)}</pre>";
        var rows = string.Concat(run.Environment.Select(e => $"<tr><th>{Html.Words(e.Key)}</th><td>{Html.Text(e.Value)}</td></tr>"));
        var environment = rows.Length == 0 ? "" : $"<h3>Environment</h3><div class=\"scroll\"><table class=\"plain\"><tbody>{rows}</tbody></table></div>";
        return $"<section><h2>Do it again</h2><div class=\"columns\"><div>{command}{environment}</div><div><h3>Settings</h3><pre class=\"block tall\">{Html.Text(run.Config)}</pre></div></div></section>";
    }
}
