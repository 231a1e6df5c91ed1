using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Cli.Tests")]
[assembly: InternalsVisibleTo("PairUni.EndToEnd.Tests")]
