using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Silo.Tests")]
