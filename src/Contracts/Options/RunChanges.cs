using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace PairUni.Contracts.Options;

/// <summary>Puts a <see cref="RunChange"/> into a run's options.</summary>
public static class RunChanges
{
    /// <summary>The options with the change.</summary>
    /// <exception cref="UserErrorException">A value is out of its range, or the run cannot take it.</exception>
    public static RunOptions With(this RunOptions options, RunChange change)
    {
        if (options.Learner.KlCoef == 0 && change.KlCoef > 0)
            throw new UserErrorException("learner.kl_coef cannot be turned on while the run goes on: it was begun without a reference; begin a run with it.");
        if (options.Learner.KlCoef > 0 && change.KlCoef == 0)
            throw new UserErrorException("learner.kl_coef cannot be turned off while the run goes on; choose a small value above 0.");
        var learner = options.Learner with
        {
            Lr = change.Lr ?? options.Learner.Lr,
            KlCoef = change.KlCoef ?? options.Learner.KlCoef,
            ClipLow = change.ClipLow ?? options.Learner.ClipLow,
            ClipHigh = change.ClipHigh ?? options.Learner.ClipHigh,
            MaxGradNorm = change.MaxGradNorm ?? options.Learner.MaxGradNorm,
            PairWeight = change.PairWeight ?? options.Learner.PairWeight,
        };
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(learner, new(learner), faults, validateAllProperties: true))
            throw new UserErrorException(string.Join(" ", faults.Select(f => Sentence(learner, f))));
        return options with { Learner = learner };
    }

    /// <summary>What a change may touch and does, such as "learner.lr 0.0002 -> 0.0001"; the later of two.</summary>
    public static string DifferenceTo(this LearnerOptions later, LearnerOptions earlier) => string.Join(", ", typeof(RunChange).GetProperties()
        .Select(p => typeof(LearnerOptions).GetProperty(p.Name)!)
        .Where(p => !Equals(p.GetValue(later), p.GetValue(earlier)))
        .Select(p => string.Create(CultureInfo.InvariantCulture, $"{Key(p)} {p.GetValue(earlier)} -> {p.GetValue(later)}")));

    private static string Key(PropertyInfo property) => $"learner.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}";

    private static string Sentence(LearnerOptions learner, ValidationResult fault)
    {
        var property = typeof(LearnerOptions).GetProperty(fault.MemberNames.First())!;
        var range = property.GetCustomAttributes(true) switch
        {
            var all when all.OfType<RangeAttribute>().FirstOrDefault() is { } r =>
                $"it must be {(r.MinimumIsExclusive ? "above" : "at least")} {r.Minimum} and {(r.MaximumIsExclusive ? "below" : "at most")} {r.Maximum}",
            var all when all.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } a => $"it must be one of {string.Join(", ", a.Values)}",
            _ => fault.ErrorMessage,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Key(property)} cannot be {property.GetValue(learner)}: {range}.");
    }
}
