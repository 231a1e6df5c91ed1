using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>Reads a run's options: built-in defaults, then the file, then PAIRUNI_SECTION__KEY variables, then --set flags.</summary>
internal static class ConfigLoader
{
    private const long MaxBytes = 1 << 20;

    /// <param name="file">YAML file, or null for none.</param>
    /// <param name="sets">key=value texts of --set, in order.</param>
    /// <param name="environment">Variables of the process.</param>
    /// <exception cref="UserErrorException">Anything wrong with any of them.</exception>
    public static RunOptions Load(string? file, IEnumerable<string> sets, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var binder = new ConfigBinder();
        if (file is not null && YamlReader.Read(Text(file), line => $"{file}:{line}") is { } root and not ConfigScalar { IsNull: true })
            binder.AddFile(root);
        foreach (var (name, value) in environment.Where(v => IsSetting(v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal))
            Add(binder, name["PAIRUNI_".Length..].Replace("__", ".", StringComparison.Ordinal).ToLowerInvariant(), value, name);
        foreach (var set in sets)
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UserErrorException($"--set {set}: write key=value, such as --set learner.lr=1e-5");
            Add(binder, set[..equals].Trim(), set[(equals + 1)..], $"--set {set[..equals].Trim()}");
        }

        var options = binder.Bind();
        ConfigChecks.Check(options, binder.Origins);
        return options;
    }

    private static bool IsSetting(string variable) =>
        variable.StartsWith("PAIRUNI_", StringComparison.Ordinal) && variable.Contains("__", StringComparison.Ordinal);

    private static void Add(ConfigBinder binder, string path, string text, string origin) =>
        binder.Add(path, Inline(text, origin), origin);

    // A word like "a: b" or "C:\x" is a plain text on a command line; only [lists] are read as YAML.
    private static ConfigValue Inline(string text, string origin)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith('[') || trimmed.StartsWith('"') || trimmed.StartsWith('\'')
            ? YamlReader.Read(trimmed, _ => origin) ?? new ConfigScalar("", false, origin)
            : new ConfigScalar(trimmed, false, origin);
    }

    private static string Text(string file)
    {
        try
        {
            if (Directory.Exists(file))
                throw new UserErrorException($"{file} is a folder; name a config file in it");
            var info = new FileInfo(file);
            if (info.Exists && info.Length > MaxBytes)
                throw new UserErrorException($"{file} is {info.Length} bytes long; a config has at most {MaxBytes}");
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{file}: no such config file; see configs/ for examples", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file}: cannot be read: {fault.Message}", fault);
        }
    }
}
