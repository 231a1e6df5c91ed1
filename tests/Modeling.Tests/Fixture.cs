namespace PairUni.Modeling.Tests;

/// <summary>Finds files that lie beside the tests.</summary>
internal static class Fixture
{
    internal static string Text(string name = "") => Path.Combine(AppContext.BaseDirectory, "Text", "fixtures", name);

    internal static string Image(string name = "") => Path.Combine(AppContext.BaseDirectory, "Images", "fixtures", name);

    internal static string Hps(string name = "") => Path.Combine(AppContext.BaseDirectory, "Hps", "fixtures", name);

    internal static string Janus(string name = "") => Path.Combine(AppContext.BaseDirectory, "Janus", "fixtures", name);
}
