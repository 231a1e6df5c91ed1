namespace PairUni.Data; internal static class Empty;
