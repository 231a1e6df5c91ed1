namespace PairUni.Algorithms;

/// <summary>How many pieces of work a worker gets at once: a fast one more, but never so many that others stand idle meanwhile.</summary>
public static class ClaimSize
{
    /// <param name="most">Most pieces of one claim, at least 1.</param>
    /// <param name="open">Pieces that nobody holds.</param>
    /// <param name="speed">The worker's speed, in any unit; 0 while it is not known.</param>
    /// <param name="speeds">The sum of all workers' speeds in that unit, this one's included.</param>
    /// <returns>1 to <paramref name="most"/>: its share of what is open, by speed; all of it while nothing is known.</returns>
    public static int Of(int most, int open, double speed, double speeds) =>
        speed <= 0 || speeds <= 0 ? most : (int)Math.Clamp(Math.Floor(open * speed / speeds), 1, Math.Max(1, most));
}
