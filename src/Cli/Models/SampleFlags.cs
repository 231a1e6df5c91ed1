using System.CommandLine;

namespace PairUni.Cli.Models;

/// <summary>Flags of sampling, with their ranges.</summary>
internal static class SampleFlags
{
    public static Option<long> Seed() =>
        Checked(new Option<long>("--seed") { Description = "The same seed gives the same result.", DefaultValueFactory = _ => 1 }, s => s >= 0, "a whole number from 0 up");

    public static Option<double> CfgWeight() =>
        Checked(new Option<double>("--cfg-weight") { Description = "Classifier-free guidance; 1 turns it off.", DefaultValueFactory = _ => 5 }, w => w is >= 0 and <= 100, "a number from 0 to 100");

    public static Option<double> Temperature(double usual) =>
        Checked(new Option<double>("--temperature") { Description = "Sampling temperature; 0 takes the likeliest token.", DefaultValueFactory = _ => usual }, t => t is >= 0 and <= 10, "a number from 0 to 10");

    public static Option<int> Count(string name, int usual, string description, params string[] aliases) =>
        Checked(new Option<int>(name, aliases) { Description = description + ".", HelpName = "n", DefaultValueFactory = _ => usual }, n => n is >= 1 and <= 1_000_000, "a whole number from 1 to 1000000");

    private static Option<T> Checked<T>(Option<T> option, Func<T, bool> allows, string range)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !result.Errors.Any() && !allows(result.GetValueOrDefault<T>()!))
                result.AddError($"{option.Name} is {result.Tokens[0].Value}; it must be {range}");
        });
        return option;
    }
}
