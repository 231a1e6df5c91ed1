using PairUni.Cli;

return await CommandLine.Run(args, CliContext.OfThisProcess());
