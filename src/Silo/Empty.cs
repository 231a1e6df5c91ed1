namespace PairUni.Silo; internal static class Empty;
