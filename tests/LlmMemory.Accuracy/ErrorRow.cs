using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Accuracy;

/// <summary>A line of the report: cases, median, 95th percentile and worst of the errors' sizes.</summary>
internal static class ErrorRow
{
    public const string Header = "| Figure | Cases | Median | p95 | Worst | Worst case |\n| --- | ---: | ---: | ---: | ---: | --- |";

    /// <summary>Errors as shares, shown as percentages.</summary>
    public static string Percent(string figure, IEnumerable<ErrorSample> samples)
    {
        return Of(figure, samples, error => string.Format(CultureInfo.InvariantCulture, "{0:0.00} %", 100 * error));
    }

    /// <summary>Errors in GiB.</summary>
    public static string GiB(string figure, IEnumerable<ErrorSample> samples)
    {
        return Of(figure, samples, error => string.Format(CultureInfo.InvariantCulture, "{0:0.000} GiB", error));
    }

    private static string Of(string figure, IEnumerable<ErrorSample> samples, Func<double, string> show)
    {
        var sorted = samples.OrderBy(sample => Math.Abs(sample.Error)).ToList();
        var worst = sorted[^1];
        string At(double share) => show(Math.Abs(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))].Error));
        return $"| {figure} | {sorted.Count} | {At(0.5)} | {At(0.95)} | {show(worst.Error)} | {worst.Case} |";
    }
}
