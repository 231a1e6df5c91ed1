using Xunit.Runner.InProc.SystemConsole;

namespace PairUni.Compat.Orleans;

/// <summary>The tests; with <c>silo</c> as first argument one silo of them, as a process of its own.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args is ["silo", .. var rest] ? ChildSilo.Run(rest) : ConsoleRunner.Run(args);
}
