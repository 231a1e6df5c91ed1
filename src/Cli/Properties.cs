using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Cli.Tests")]
[assembly: InternalsVisibleTo("PairUni.Cluster.Tests")]
[assembly: InternalsVisibleTo("PairUni.EndToEnd.Tests")]
[assembly: InternalsVisibleTo("PairUni.Deploy.Tests")]
[assembly: InternalsVisibleTo("PairUni.Scripts.Tests")]
