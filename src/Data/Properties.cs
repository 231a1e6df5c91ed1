using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Data.Tests")]
