using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Benchmarks.FirstUse;

namespace LlmMemory.Benchmarks.Catalogue;

/// <summary>What the built-in catalogue takes when a process first asks for it; nothing is read before.</summary>
internal static class CatalogueReport
{
    private const int Samples = 25;

    private const double GoalMilliseconds = 5;

    public static void Run()
    {
        Console.WriteLine("Measuring first uses in fresh processes, about a minute ...");
        Console.WriteLine($"{"first use",-22}{"ms",8}{"of it compiling",18}{"work",8}{"least work",12}");
        var names = Measure("names, to complete", FirstUseAction.LoadCatalogue);
        Measure("a line on each model", FirstUseAction.DescribeCatalogue);
        Measure("one model", FirstUseAction.DeriveModel);
        Goal.Report(
            $"loaded in under {GoalMilliseconds} ms, without what the runtime takes to compile the engine ({names:F1})", names < GoalMilliseconds);
    }

    private static double Measure(string what, string action)
    {
        var samples = Enumerable.Range(0, Samples).Select(_ => FirstUseSample.Take(action)).ToList();
        var work = Median(samples, sample => sample.WorkMilliseconds);
        Console.WriteLine(
            $"{what,-22}{Median(samples, sample => sample.Milliseconds),8:F1}{Median(samples, sample => sample.CompilerMilliseconds),18:F1}"
            + $"{work,8:F1}{samples.Min(sample => sample.WorkMilliseconds),12:F1}");
        return work;
    }

    private static double Median(List<FirstUseSample> samples, Func<FirstUseSample, double> figure)
    {
        return samples.Select(figure).Order().ElementAt(Samples / 2);
    }
}
