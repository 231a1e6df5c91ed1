namespace PairUni.Algorithms; internal static class Empty;
