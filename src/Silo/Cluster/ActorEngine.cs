using System.Reflection;
using Orleans;

namespace PairUni.Silo;

/// <summary>Which actor engine this program was built on, as its assembly says.</summary>
public static class ActorEngine
{
    /// <summary>"Orleans 10.2.2" or "built-in engine 0.1.0".</summary>
    public static string Name { get; } = Of(typeof(IGrain).Assembly);

    private static string Of(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString(3) ?? "";
        var isOurs = assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company == typeof(ActorEngine).Assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company;
        return isOurs ? $"built-in engine {version}" : $"Orleans {version}";
    }
}
