using System.Globalization;
using System.Net;

namespace PairUni.Cli.Report;

/// <summary>Text and numbers as the page shows them.</summary>
internal static class Html
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>0.4321 as 43.2 %.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %") : "-";

    /// <summary>0.0432 as +4.3; a minus is a real minus sign.</summary>
    public static string Points(double difference)
    {
        if (!double.IsFinite(difference))
            return "-";
        var text = Math.Abs(100 * difference).ToString("0.0", CultureInfo.InvariantCulture);
        return text == "0.0" ? "0.0" : (difference > 0 ? "+" : "\u2212") + text;
    }

    /// <summary>Three significant digits, without an exponent between 0.001 and 100000.</summary>
    public static string Number(double x)
    {
        if (!double.IsFinite(x))
            return "-";
        if (x == 0)
            return "0";
        if (Math.Abs(x) is < 0.001 or >= 100000)
        {
            var exponent = (int)Math.Floor(Math.Log10(Math.Abs(x)));
            return string.Create(CultureInfo.InvariantCulture, $"{x / Math.Pow(10, exponent):0.##}e{exponent}");
        }

        var digits = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(x))));
        return Math.Round(x, Math.Min(digits, 15)).ToString("0." + new string('#', digits), CultureInfo.InvariantCulture);
    }

    /// <summary>position_attr as "position attr".</summary>
    public static string Words(string name) => Text(name.Replace('_', ' '));

    /// <summary>An image file as a data: address, or null when the file is missing.</summary>
    public static string? DataUri(string path) =>
        File.Exists(path) ? "data:image/png;base64," + Convert.ToBase64String(File.ReadAllBytes(path)) : null;
}
