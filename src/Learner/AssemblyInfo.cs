using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PairUni.Learner.Tests")]
