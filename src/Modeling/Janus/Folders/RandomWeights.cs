using PairUni.Modeling.Files;
using PairUni.Modeling.Janus.Names;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Folders;

/// <summary>Writes a weight file of random values tensor by tensor, so that a model of any size takes the memory of one piece.</summary>
public static class RandomWeights
{
    // Rows of larger matrices are drawn piece by piece.
    private const long Piece = 8 << 20;

    /// <summary>Draws <paramref name="shapes"/> from a seed and writes them as safetensors; those whose sizes leave the rest aligned come first.</summary>
    /// <param name="draw">Fills a tensor, or some rows of a matrix, of a name.</param>
    /// <param name="buffers">Tensors of integers, written as zeros.</param>
    /// <param name="written">Told the bytes written so far after each tensor.</param>
    /// <exception cref="ModelFileException">The disk has too little room.</exception>
    public static void Write(string path, IEnumerable<TensorShape> shapes, IEnumerable<TensorShape> buffers, ScalarType dtype, long seed,
        Action<string, Tensor, Generator> draw, Action<long>? written = null)
    {
        (TensorShape Shape, ScalarType Dtype)[] tensors =
        [
            .. shapes.Select(shape => (shape, dtype)).Concat(buffers.Select(shape => (shape, ScalarType.Int64)))
                .OrderBy(item => item.Item1.Elements * item.Item2.ElementSize() % SafetensorsWriter.Alignment != 0),
        ];
        CheckRoom(path, tensors.Sum(item => item.Shape.Elements * item.Dtype.ElementSize()));
        using var generator = new Generator((ulong)seed, CPU);
        AtomicFile.Write(path, stream =>
        {
            SafetensorsWriter.WriteHeader(stream, tensors.Select(item => (item.Shape.Name, item.Dtype, item.Shape.Shape)));
            foreach ((TensorShape shape, ScalarType type) in tensors)
            {
                foreach (long[] piece in Pieces(shape))
                {
                    using DisposeScope scope = NewDisposeScope();
                    Tensor values = zeros(piece);
                    if (type == dtype)
                        draw(shape.Name, values, generator);
                    values.to_type(type).WriteBytesToStream(stream, 1 << 20);
                }
                written?.Invoke(stream.Position);
            }
        });
    }

    private static IEnumerable<long[]> Pieces(TensorShape shape)
    {
        if (shape.Shape.Length != 2 || shape.Elements <= Piece)
            return [shape.Shape];
        long rows = Math.Max(1, Piece / shape.Shape[1]);
        return Enumerable.Range(0, (int)((shape.Shape[0] + rows - 1) / rows)).Select(i => new[] { Math.Min(rows, shape.Shape[0] - i * rows), shape.Shape[1] });
    }

    private static void CheckRoom(string path, long needed)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        long free = new DriveInfo(folder).AvailableFreeSpace;
        if (needed > free)
            throw new ModelFileException($"{path} would take {needed / 1e9:0.0} GB, but its disk has {free / 1e9:0.0} GB left; make room or choose another folder.");
    }
}
