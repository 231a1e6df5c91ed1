using PairUni.Data.Shapes.Judging;

namespace PairUni.Data.Shapes;

/// <summary>What the judge says about one image.</summary>
/// <param name="Permissive">GenEval's decision: every include clause holds, no exclude clause does; other objects do not matter.</param>
/// <param name="Strict">Permissive, and the counts are exact: nothing is on the canvas but what the record asks for.</param>
/// <param name="Dense">Mean of the count, colour and position terms; 1 at best, below 0 when there is far too much.</param>
/// <param name="Reason">The first thing that is wrong, or "as asked".</param>
/// <param name="Detections">Everything that was found, most confident first.</param>
public sealed record ShapeVerdict(bool Permissive, bool Strict, double Dense, string Reason, IReadOnlyList<ShapeDetection> Detections);
