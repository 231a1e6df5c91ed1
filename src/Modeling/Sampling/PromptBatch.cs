using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

// P prompts, L tokens of the longest

/// <summary>Prompts of different lengths as one rectangle, shorter ones padded on the left.</summary>
internal static class PromptBatch
{
    /// <summary>int64 ids [P, L], padded with id 0, whose positions nobody attends to.</summary>
    public static Tensor Ids(IReadOnlyList<int[]> prompts, Device device) => Rectangle(prompts, id => id, device);

    /// <summary>bool flags [P, L], padded with false.</summary>
    public static Tensor Mask(IReadOnlyList<bool[]> masks, Device device)
    {
        using Tensor flags_PL = Rectangle(masks, flag => flag ? 1 : 0, device);
        return flags_PL.to_type(ScalarType.Bool);
    }

    public static int[] Lengths(IReadOnlyList<int[]> prompts) => [.. prompts.Select(prompt => prompt.Length)];

    private static Tensor Rectangle<T>(IReadOnlyList<T[]> rows, Func<T, long> convert, Device device)
    {
        int longest = rows.Max(row => row.Length);
        long[] values = new long[rows.Count * longest];
        for (int p = 0; p < rows.Count; p++)
        {
            int start = (p + 1) * longest - rows[p].Length;
            for (int i = 0; i < rows[p].Length; i++)
                values[start + i] = convert(rows[p][i]);
        }
        using Tensor flat = tensor(values, ScalarType.Int64, device);
        return flat.view(rows.Count, longest);
    }
}
