namespace PairUni.Modeling; internal static class Empty;
