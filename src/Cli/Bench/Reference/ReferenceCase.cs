using PairUni.Modeling.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>
/// One file of a case: its tensors are inputs and expectations, and every comparison with them becomes a row. An expectation that the
/// file does not hold is left out.
/// </summary>
internal sealed class ReferenceCase : IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly ReferenceTolerances _tolerances;
    private readonly ICollection<ReferenceRow> _rows;
    private readonly Device _device;

    /// <param name="file">The safetensors file; the case is called after its folder and itself.</param>
    /// <param name="tolerances">Of the folder.</param>
    /// <param name="rows">Where rows go.</param>
    /// <param name="device">Where tensors are read to.</param>
    public ReferenceCase(string file, ReferenceTolerances tolerances, ICollection<ReferenceRow> rows, Device device)
    {
        _file = SafetensorsFile.Open(file);
        _tolerances = tolerances;
        _rows = rows;
        _device = device;
        File = Path.GetFileNameWithoutExtension(file);
        Name = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{File}";
    }

    /// <summary>Folder and file without ending: "janus_b/case2_llama".</summary>
    public string Name { get; }

    /// <summary>File without ending: "case2_llama".</summary>
    public string File { get; }

    public IReadOnlyCollection<string> Tensors => _file.Names;

    public Tensor this[string tensor] => _file.Read(tensor, device: _device);

    public bool Has(string tensor) => _file.Names.Contains(tensor);

    public int[] Ints(string tensor)
    {
        using var values = _file.Read(tensor);
        return [.. values.data<long>().ToArray().Select(value => (int)value)];
    }

    /// <summary>A matrix of ids, row by row.</summary>
    public int[][] Rows(string tensor) => [.. Ints(tensor).Chunk((int)_file[tensor].Shape[^1])];

    /// <summary>Numbers of any type in double precision.</summary>
    public double[] Numbers(string tensor)
    {
        using var values = _file.Read(tensor, ScalarType.Float64);
        return values.data<double>().ToArray();
    }

    /// <summary>Compares within the stated tolerance; integers and flags must be equal.</summary>
    /// <param name="tensor">What it is compared with.</param>
    /// <param name="found">What PairUni computes; may live anywhere.</param>
    /// <param name="way">Which of several ways computed it, for the row's name.</param>
    /// <param name="only">1 where values count, broadcast over the tensor; null when all do.</param>
    public void Compare(string tensor, Tensor found, string? way = null, Tensor? only = null)
    {
        if (!Has(tensor))
            return;
        using var scope = NewDisposeScope();
        var expected = _file.Read(tensor, ScalarType.Float64);
        var isExact = _file[tensor].Dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64);
        var largest = expected.numel() == 0 ? 0 : expected.abs().max().ToDouble();
        Add(tensor, way, isExact ? 0 : _tolerances.Of($"{File}/{tensor}", largest), Distance(expected, found, only));
    }

    /// <summary>Compares within a tolerance of its own.</summary>
    public void Compare(string tensor, Tensor found, double tolerance)
    {
        if (!Has(tensor))
            return;
        using var scope = NewDisposeScope();
        Add(tensor, null, tolerance, Distance(_file.Read(tensor, ScalarType.Float64), found, null));
    }

    /// <summary>Compares numbers in the tensor's order; the tolerance is the stated one unless given.</summary>
    public void CompareAll(string tensor, IEnumerable<double> found, double? tolerance = null)
    {
        if (!Has(tensor))
            return;
        using var scope = NewDisposeScope();
        var values = torch.tensor(found.ToArray(), ScalarType.Float64);
        if (values.numel() == _file[tensor].Shape.Aggregate(1L, (product, size) => product * size))
            values = values.reshape(_file[tensor].Shape);
        if (tolerance is { } allowed)
            Compare(tensor, values, allowed);
        else
            Compare(tensor, values);
    }

    /// <summary>Integers in the tensor's order; they must be equal.</summary>
    public void CompareAll(string tensor, IEnumerable<int> found) => CompareAll(tensor, found.Select(value => (double)value));

    /// <summary>Something that is equal or not.</summary>
    public void Same(string what, bool isSame) => Add(what, null, 0, isSame ? 0 : double.PositiveInfinity);

    public void Dispose() => _file.Dispose();

    private void Add(string tensor, string? way, double tolerance, double difference) =>
        _rows.Add(new(Name, way is null ? tensor : $"{tensor} ({way})", tolerance, difference));

    private static double Distance(Tensor expected, Tensor found, Tensor? only)
    {
        if (!found.shape.AsSpan().SequenceEqual(expected.shape))
            return double.PositiveInfinity;
        if (found.numel() == 0)
            return 0;
        var difference = (expected - found.detach().cpu().to_type(ScalarType.Float64)).abs();
        if (only is not null)
            difference = difference * only.cpu().to_type(ScalarType.Float64);
        var largest = difference.max().ToDouble();
        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }
}
