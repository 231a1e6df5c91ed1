namespace PairUni.Cli.Models;

/// <summary>Finds files that come with PairUni (assets/, bench/) when a command runs in another folder.</summary>
internal static class BuiltInFiles
{
    /// <summary>The model that is trained and used when none is named.</summary>
    public const string Model = "assets/janus-nano";

    private const string Janus = "janus:";

    /// <returns>The path as it is when it exists from here; else the one beside the program or above it; else the path as it is.</returns>
    public static string Find(string relative)
    {
        if (Path.Exists(relative) || Path.IsPathRooted(relative))
            return relative;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, relative) is var path && Path.Exists(path))
                return path;
        }

        return relative;
    }

    /// <summary>The same for what names an image tower: a Janus model may be a built-in one.</summary>
    public static string Tower(string text) => text.StartsWith(Janus, StringComparison.Ordinal) ? Janus + Find(text[Janus.Length..]) : text;
}
