using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>
/// A prompt that a user can edit: a line "version: N", then what the system says after "--- system" and what the user says after
/// "--- user". {{prompt}}, {{question}} and {{answer}} stand for a sample's.
/// </summary>
public sealed partial class PromptFile
{
    private static readonly string[] Known = ["prompt", "question", "answer"];

    private PromptFile(string name, string text, string version, string system, string user) =>
        (Name, Text, Version, System, User) = (name, text, version, system, user);

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>The whole file.</summary>
    public string Text { get; }

    /// <summary>Name, version line, and a hash of the whole, so that an edit shows even when the version line was forgotten.</summary>
    public string Version { get; }

    /// <summary>What the system says; may be empty.</summary>
    public string System { get; }

    private string User { get; }

    /// <summary>Reads a prompt from a folder, or the one that comes with PairUni when there is none in it.</summary>
    /// <exception cref="DataFileException">It is no prompt.</exception>
    public static PromptFile Load(string? folder, string name)
    {
        var (text, path) = Read(folder, name);
        return Parse(text, name, path);
    }

    /// <summary>A file from a folder, or the one that comes with PairUni.</summary>
    /// <exception cref="DataFileException">It cannot be read.</exception>
    public static (string Text, string Path) Read(string? folder, string name)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new DataFileException($"{folder}: there is no such folder of prompts; copy configs/prompts and edit the copy.");
        if (folder is not null && Path.Combine(folder, name) is var path && File.Exists(path))
            return (JsonLines.Text(path).ReplaceLineEndings("\n"), path);
        using var stream = typeof(PromptFile).Assembly.GetManifestResourceStream($"PairUni.Data.Prompts.{name}")!;
        using var reader = new StreamReader(stream);
        return (reader.ReadToEnd().ReplaceLineEndings("\n"), name);
    }

    /// <summary>Name, version and the beginning of the content's hash.</summary>
    public static string VersionOf(string name, string version, string text) =>
        $"{Path.GetFileNameWithoutExtension(name)} {version} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}";

    /// <summary>What the user says about a sample.</summary>
    public string For(PoolSample sample) => Place().Replace(User, match => match.Groups[1].Value switch
    {
        "prompt" => sample.Prompt,
        "question" => sample.Question,
        _ => sample.Answer,
    });

    private static PromptFile Parse(string text, string name, string path)
    {
        if (VersionLine().Match(text) is not { Success: true } version)
            throw new DataFileException($"{path}:1: a prompt begins with a line \"version: N\"; count it up with each edit.");
        if (Sections().Match(text) is not { Success: true } sections || sections.Groups["user"].Value.Trim().Length == 0)
            throw new DataFileException($"{path}: a prompt has a part \"--- user\" with text in it, and \"--- system\" before it if need be.");
        foreach (Match place in Place().Matches(text))
        {
            if (!Known.Contains(place.Groups[1].Value))
                throw new DataFileException($"{path}:{1 + text.AsSpan(0, place.Index).Count('\n')}: nothing stands for {place.Value}; there are {string.Join(", ", Known.Select(known => $"{{{{{known}}}}}"))}.");
        }
        return new(name, text, VersionOf(name, version.Groups[1].Value, text), sections.Groups["system"].Value.Trim(), sections.Groups["user"].Value.Trim());
    }

    [GeneratedRegex(@"\Aversion:[ \t]*(\S+)[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^(?:--- system[ \t]*\n(?<system>.*?))?^--- user[ \t]*\n(?<user>.*)\z", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sections();

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Place();
}
