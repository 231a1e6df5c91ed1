namespace PairUni.Grains; internal static class Empty;
