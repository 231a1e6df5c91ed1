using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Client.Tests")]
