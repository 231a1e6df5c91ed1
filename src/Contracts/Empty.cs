namespace PairUni.Contracts; internal static class Empty;
