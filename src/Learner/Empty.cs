namespace PairUni.Learner; internal static class Empty;
