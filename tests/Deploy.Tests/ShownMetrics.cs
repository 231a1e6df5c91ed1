using Microsoft.Extensions.DependencyInjection;
using PairUni.Silo;

namespace PairUni.Deploy.Tests;

/// <summary>The metrics that a learner silo without runs shows.</summary>
internal static class ShownMetrics
{
    public static IReadOnlyList<string> Names()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<PrometheusText>().AddSingleton<SiloInstruments>().BuildServiceProvider();
        var text = services.GetRequiredService<PrometheusText>();
        services.GetRequiredService<SiloInstruments>().RunsStand([]);
        return [.. text.Write().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ', '{')[0])];
    }
}
