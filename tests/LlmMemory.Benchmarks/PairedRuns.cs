using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Benchmarks;

/// <summary>
/// Alternating measurements of two sides. Medians of pairs withstand what ruins a comparison of two averages: a clock
/// that drifts while the machine warms up, and a neighbour that takes the processor for a second.
/// </summary>
internal sealed class PairedRuns
{
    private readonly List<Pair> _pairs = [];

    private PairedRuns()
    {
    }

    public double MedianSubject => Median(pair => pair.Subject);

    public double MedianBaseline => Median(pair => pair.Baseline);

    public double MedianRatio => Median(pair => pair.Ratio);

    public double MedianDifference => Median(pair => pair.Difference);

    /// <summary>Measures both sides, each of them first in every other pair.</summary>
    /// <param name="warmUps">Pairs that are measured and thrown away.</param>
    /// <param name="pairs">Pairs that count.</param>
    /// <param name="subject">Measures the subject once.</param>
    /// <param name="baseline">Measures the baseline once.</param>
    public static PairedRuns Take(int warmUps, int pairs, Func<double> subject, Func<double> baseline)
    {
        var runs = new PairedRuns();
        for (var i = -warmUps; i < pairs; i++)
        {
            var pair = i % 2 == 0 ? SubjectFirst(subject, baseline) : BaselineFirst(subject, baseline);
            if (i >= 0)
            {
                runs._pairs.Add(pair);
            }
        }

        return runs;
    }

    private static Pair SubjectFirst(Func<double> subject, Func<double> baseline)
    {
        var first = subject();
        return new Pair(first, baseline());
    }

    private static Pair BaselineFirst(Func<double> subject, Func<double> baseline)
    {
        var first = baseline();
        return new Pair(subject(), first);
    }

    private double Median(Func<Pair, double> figure)
    {
        var sorted = _pairs.Select(figure).Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
