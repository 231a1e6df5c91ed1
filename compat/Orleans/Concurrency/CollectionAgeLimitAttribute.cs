using System.Globalization;

namespace Orleans;

/// <summary>On a class: how long its activations may be idle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest age there is.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _limit;

    /// <summary>A limit given by the properties.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>A limit in the format <c>hh:mm:ss</c>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _limit = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Days to add up.</summary>
    public double Days { get; set; }

    /// <summary>Hours to add up.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes to add up.</summary>
    public double Minutes { get; set; }

    /// <summary>Never collect.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The limit, at least <see cref="MinAgeLimit"/>.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive)
            {
                return TimeSpan.MaxValue;
            }

            var limit = _limit ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit < MinAgeLimit ? MinAgeLimit : limit;
        }
    }
}
