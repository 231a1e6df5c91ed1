namespace PairUni.Algorithms;

/// <summary>A mean that follows what was seen last: each new value counts for three tenths.</summary>
public static class Smoothed
{
    private const double Share = 0.3;

    /// <param name="known">The mean so far; 0 before the first value.</param>
    /// <param name="seen">The new value, above 0.</param>
    public static double With(double known, double seen) => known > 0 ? known + (Share * (seen - known)) : seen;
}
