using System.CommandLine;

namespace PairUni.Cli.Models;

/// <summary>An option that takes one of a few words.</summary>
internal static class ChoiceFlag
{
    public static Option<string> OneOf(this Option<string> option, params string[] words)
    {
        option.HelpName = string.Join('|', words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value))
                result.AddError($"{option.Name} is {result.Tokens[0].Value}; it must be {string.Join(", ", words[..^1])} or {words[^1]}");
        });
        return option;
    }
}
