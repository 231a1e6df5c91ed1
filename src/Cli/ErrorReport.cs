using PairUni.Contracts;
using PairUni.Data;
using PairUni.Modeling;
using PairUni.Modeling.Images;

namespace PairUni.Cli;

/// <summary>Turns whatever a command threw into one sentence and an exit code.</summary>
internal static class ErrorReport
{
    public static int Tell(Exception fault, TextWriter error, bool verbose)
    {
        while (fault is AggregateException { InnerExceptions.Count: 1 } wrapper)
            fault = wrapper.InnerException!;
        if (fault is OperationCanceledException)
        {
            error.WriteLine("pairuni: stopped");
            return ExitCode.Interrupted;
        }

        var isInput = fault is UserErrorException or ModelFileException or ImageFileException or DataFileException or IOException or UnauthorizedAccessException;
        var sentence = fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        error.WriteLine(isInput ? $"pairuni: {sentence}" : $"pairuni: failed: {sentence}{(verbose ? "" : " (--verbose shows the trace)")}");
        if (verbose)
            error.WriteLine(fault);
        return isInput ? ExitCode.Usage : ExitCode.Failed;
    }
}
