using System.CommandLine;

namespace PairUni.Cli;

/// <summary>A command with examples, which --help prints under its options.</summary>
internal sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines without the leading "pairuni ".</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
