using System;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace LlmMemory.Benchmarks.Engine;

/// <summary>How many calls of the engine one thread makes in a second.</summary>
internal static class EngineReport
{
    private const double NanosecondsPerSecond = 1e9;

    public static void Run()
    {
        Console.WriteLine("Measuring the engine, about nine minutes ...");
        Measure<EngineBenchmarks>(1e6);
        Measure<ServingBenchmarks>(20_000);
        Measure<PlannedBenchmarks>(1_000);
    }

    private static void Measure<T>(double goalPerSecond)
    {
        var summary = BenchmarkRunner.Run<T>(Config());
        Console.WriteLine($"{"",-20}{"per second",14}{"ns",10}{"bytes",8}");
        foreach (var report in summary.Reports)
        {
            Print(report);
        }

        Goal.Report($"more than {goalPerSecond:N0} of each per second", summary.Reports.All(report => PerSecond(report) > goalPerSecond));
    }

    /// <summary>
    /// In this process, because BenchmarkDotNet's own projects would have to be restored and built under the
    /// repository's lock files and warnings.
    /// </summary>
    private static ManualConfig Config()
    {
        return ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance);
    }

    private static void Print(BenchmarkReport report)
    {
        var name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        Console.WriteLine($"{name,-20}{PerSecond(report),14:N0}{Nanoseconds(report),10:F1}{bytes,8}");
    }

    private static double PerSecond(BenchmarkReport report)
    {
        return NanosecondsPerSecond / Nanoseconds(report);
    }

    private static double Nanoseconds(BenchmarkReport report)
    {
        return report.ResultStatistics?.Median
            ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} has no result.");
    }
}
