using System;

namespace LlmMemory.Benchmarks.Import;

/// <summary>What Import-Module takes for LlmMemory, and how much of it an empty module takes too.</summary>
internal static class ImportReport
{
    private const double GoalMilliseconds = 40;
    private const int WarmUps = 2;
    private const int Pairs = 25;

    public static void Run()
    {
        Console.WriteLine("Measuring imports in fresh processes, about a minute ...");
        var runs = PairedRuns.Take(
            WarmUps, Pairs, () => ImportSample.Take(Modules.Subject), () => ImportSample.Take(Modules.Baseline));
        Console.WriteLine($"{"module",-14}{"ms",8}");
        Console.WriteLine($"{"LlmMemory",-14}{runs.MedianSubject,8:F1}");
        Console.WriteLine($"{"empty",-14}{runs.MedianBaseline,8:F1}");
        Console.WriteLine($"{"difference",-14}{runs.MedianDifference,8:F1}");
        Goal.Report(
            $"at most {GoalMilliseconds} ms more than an empty module", runs.MedianDifference <= GoalMilliseconds);
    }
}
