using System;
using System.Diagnostics;
using System.Linq;
using LlmMemory.Estimation;

namespace LlmMemory.Benchmarks.Cmdlet;

/// <summary>
/// What a pipeline record costs in Get-LlmMemoryEstimate, as a multiple of what it costs in a cmdlet that does nothing:
/// the rest is PowerShell's own.
/// </summary>
internal static class CmdletReport
{
    private const string Subject = "Get-LlmMemoryEstimate";
    private const double GoalRatio = 1.5;
    private const int WarmUps = 5;
    private const int Pairs = 15;

    private static readonly CmdletCase[] Cases =
    [
        new("text", PipelineRecords.Text(), "Get-EmptyFromText"),
        new("numbers", PipelineRecords.Numbers(), "Get-EmptyFromNumber"),
        new("objects", PipelineRecords.Objects(), "Get-EmptyFromText"),
    ];

    public static void Run()
    {
        using var session = new EngineSession();
        session.Import(Modules.Subject);
        session.Import(Modules.Baseline);
        RequireAsManyProperties(session);

        Console.WriteLine($"{"records",-10}{"us",8}{"empty us",10}{"ratio",8}");
        var worst = Cases.Max(item => Compare(session, item));
        Goal.Report($"at most {GoalRatio} times the empty cmdlet", worst <= GoalRatio);
    }

    private static double Compare(EngineSession session, CmdletCase item)
    {
        session.SetVariable("records", item.Records);
        var runs = PairedRuns.Take(
            WarmUps,
            Pairs,
            () => MicrosecondsPerRecord(session, Subject),
            () => MicrosecondsPerRecord(session, item.Baseline));
        Console.WriteLine($"{item.Name,-10}{runs.MedianSubject,8:F2}{runs.MedianBaseline,10:F2}{runs.MedianRatio,8:F2}");
        return runs.MedianRatio;
    }

    private static double MicrosecondsPerRecord(EngineSession session, string cmdlet)
    {
        // What the other side left behind is not collected on this side's time.
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        session.Run($"$null = $records | {cmdlet}");
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / PipelineRecords.Count;
    }

    /// <summary>The comparison is fair only while both sides write objects of the same size.</summary>
    private static void RequireAsManyProperties(EngineSession session)
    {
        var expected = typeof(MemoryEstimate).GetProperties().Length;
        var actual = session.Run("Get-EmptyFromNumber 1").Single().BaseObject.GetType().GetProperties().Length;
        if (actual != expected)
        {
            throw new InvalidOperationException(
                $"A memory estimate has {expected} properties and EmptyResult {actual}: make them agree.");
        }
    }
}
