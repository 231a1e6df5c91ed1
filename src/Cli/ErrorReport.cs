using PairUni.Contracts;
using PairUni.Data;
using PairUni.Data.Augmentation;
using PairUni.Modeling;
using PairUni.Modeling.Images;

namespace PairUni.Cli;

/// <summary>Turns whatever a command threw into one sentence and an exit code.</summary>
internal static class ErrorReport
{
    public static int Tell(Exception fault, TextWriter error, bool verbose)
    {
        // Of what several threads ran into, the first stands for all: on a full disk each has its own file.
        while (fault is AggregateException { InnerExceptions.Count: > 0 } wrapper)
            fault = wrapper.InnerExceptions[0];
        if (fault is OperationCanceledException)
        {
            error.WriteLine("pairuni: stopped");
            return ExitCode.Interrupted;
        }

        var isInput = fault is UserErrorException or ModelFileException or ImageFileException or DataFileException or AnnotatorException or IOException or UnauthorizedAccessException;
        var sentence = fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + Remedy(fault);
        error.WriteLine(isInput ? $"pairuni: {sentence}" : $"pairuni: failed: {sentence}{(verbose ? "" : " (--verbose shows the trace)")}");
        if (verbose)
            error.WriteLine(fault);
        return isInput ? ExitCode.Usage : ExitCode.Failed;
    }

    // What the system says names the file, but not what to do.
    private static string Remedy(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "; fix the permissions or choose another place",
        IOException when fault.Message.StartsWith("No space left", StringComparison.Ordinal) => "; free disk space and run this again",
        _ => "",
    };
}
