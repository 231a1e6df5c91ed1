namespace PairUni.Data.Shapes.Judging;

/// <summary>One connected patch of foreground as a soft mask with a margin of one pixel.</summary>
/// <param name="Left">Column of the mask's first pixel, in pixels.</param>
/// <param name="Top">Row of the mask's first pixel, in pixels.</param>
/// <param name="Width">Width of the mask, in pixels.</param>
/// <param name="Height">Height of the mask, in pixels.</param>
/// <param name="Mask">Height x Width coverages, 0 to 1.</param>
/// <param name="Colour">Median colour of the inside.</param>
internal sealed record Blob(int Left, int Top, int Width, int Height, float[] Mask, (byte Red, byte Green, byte Blue) Colour);
