namespace PairUni.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they print.</summary>
internal static class CliTest
{
    public static CliContext Context(TextWriter output, TextWriter? error = null, IReadOnlyDictionary<string, string>? environment = null) => new()
    {
        Out = output,
        Error = error ?? output,
        Time = TimeProvider.System,
        Environment = environment ?? new Dictionary<string, string>(),
        IsTerminal = false,
    };

    public static async Task<(int Code, string Out, string Error)> Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.Run(args, Context(output, error));
        return (code, output.ToString(), error.ToString());
    }
}
