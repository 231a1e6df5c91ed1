using System.Text.Json;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

/// <summary>What the original computes with the tiny model of fixtures/model, and how far another float32 implementation may be from it.</summary>
internal sealed class Reference : IDisposable
{
    // Twenty times the difference between the original in float32 and in float64.
    private const double Slack = 20;

    private static readonly Lazy<JsonDocument> Tolerances = new(() => JsonDocument.Parse(File.ReadAllBytes(Fixture.Janus("tolerances.json"))));

    private readonly string _name;
    private readonly SafetensorsFile _file;

    private Reference(string name)
    {
        _name = name;
        _file = SafetensorsFile.Open(Fixture.Janus($"{name}.safetensors"));
    }

    internal Tensor this[string tensor] => _file.Read(tensor);

    internal static Reference Case(string name) => new(name);

    internal static JanusPolicy Policy() => JanusPolicy.Load(Fixture.Janus("model"));

    internal int[] Ints(string tensor)
    {
        using Tensor values = _file.Read(tensor);
        return [.. values.data<long>().ToArray().Select(value => (int)value)];
    }

    internal float[] Floats(string tensor)
    {
        using Tensor values = _file.Read(tensor);
        return values.data<float>().ToArray();
    }

    internal double Tolerance(string tensor) =>
        Math.Max(1e-7, Slack * Tolerances.Value.RootElement.EnumerateObject().First().Value.GetProperty($"{_name}/{tensor}")[1].GetDouble());

    internal void ShouldBeClose(string tensor, Tensor found)
    {
        using Tensor expected = _file.Read(tensor);
        found.shape.ShouldBe(expected.shape, tensor);
        Distance(expected, found).ShouldBeLessThanOrEqualTo(Tolerance(tensor), tensor);
    }

    internal static double Distance(Tensor expected, Tensor found)
    {
        using DisposeScope scope = NewDisposeScope();
        return (expected.to_type(ScalarType.Float64) - found.detach().to_type(ScalarType.Float64)).abs().max().ToDouble();
    }

    public void Dispose() => _file.Dispose();
}
