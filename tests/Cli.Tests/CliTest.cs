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

    /// <summary>A line of words that must end with one sentence on the error stream, nothing else and exit code 2.</summary>
    public static async Task Refuses(string line, string begin)
    {
        var (code, output, error) = await Run(line.Split(' '));
        error.ShouldStartWith(begin);
        error.Count(c => c == '\n').ShouldBe(1);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }
}
