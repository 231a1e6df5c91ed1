using System.Reflection;
using TorchSharp;

namespace PairUni.Compat.TorchSharp.Tests;

public class OperatorTableTests
{
    [Fact]
    public void EveryOperatorOfTheTable_ExistsInThisLibtorch_WithTheSignatureThatItIsCalledBy()
    {
        var table = typeof(torch).Assembly.GetType("TorchSharp.Interop.Ops")!;
        var fields = table.GetFields(BindingFlags.Public | BindingFlags.Static);
        var missing = fields
            .Select(field => (field.Name, Why: (string?)field.FieldType.GetProperty("Missing")!.GetValue(field.GetValue(null))))
            .Where(entry => entry.Why is not null)
            .Select(entry => $"{entry.Name}: {entry.Why}")
            .ToList();

        fields.Length.ShouldBeGreaterThan(300);
        // Composed by hand where libtorch is older than 2.0.
        missing.RemoveAll(entry => entry.StartsWith("scaled_dot_product_attention:", StringComparison.Ordinal));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void TheVersion_IsThatOfLibtorch() => torch.__version__.Split('.').Length.ShouldBeGreaterThanOrEqualTo(3);
}
