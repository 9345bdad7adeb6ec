using System;
using System.Diagnostics;
using System.Linq;
using LlmMemory.Estimation;

namespace LlmMemory.Benchmarks.Cmdlet;

/// <summary>
/// What a pipeline record costs in Get-LlmMemoryEstimate, as a multiple of what it costs in a cmdlet with the same
/// parameters that does nothing: the rest is PowerShell's own. The cmdlet with a single parameter shows how much of
/// that rest the parameters are.
/// </summary>
internal static class CmdletReport
{
    private const string Subject = "Get-LlmMemoryEstimate";
    private const double GoalRatio = 1.5;
    private const int WarmUps = 5;
    private const int Pairs = 15;

    private static readonly CmdletCase[] Cases =
    [
        new("text", PipelineRecords.Text(), "Get-EmptyFromText", "Get-BareFromText"),
        new("numbers", PipelineRecords.Numbers(), "Get-EmptyFromNumber", "Get-BareFromNumber"),
        new("rows", PipelineRecords.Rows(), "Get-EmptyFromText", "Get-BareFromText"),
    ];

    public static void Run()
    {
        using var session = new PowerShellSession();
        session.Import(Modules.Subject);
        session.Import(Modules.Baseline);
        RequireAsManyProperties(session);

        Console.WriteLine($"{"records",-10}{"against",-22}{"us",6}{"its us",8}{"ratio",8}");
        var worst = Cases.Max(item => Compare(session, item));
        Goal.Report($"at most {GoalRatio} times an empty cmdlet with the same parameters", worst <= GoalRatio);
    }

    /// <summary>The ratio to the empty cmdlet, after the ratio to the bare one is printed for information.</summary>
    private static double Compare(PowerShellSession session, CmdletCase item)
    {
        session.SetVariable("records", item.Records);
        Compare(session, item.Name, item.Bare);
        return Compare(session, item.Name, item.Empty);
    }

    private static double Compare(PowerShellSession session, string records, string baseline)
    {
        var runs = PairedRuns.Take(
            WarmUps,
            Pairs,
            () => MicrosecondsPerRecord(session, Subject),
            () => MicrosecondsPerRecord(session, baseline));
        Console.WriteLine(
            $"{records,-10}{baseline,-22}{runs.MedianSubject,6:F2}{runs.MedianBaseline,8:F2}{runs.MedianRatio,8:F2}");
        return runs.MedianRatio;
    }

    /// <summary>
    /// Times one run. The assignment collects every object before it drops them, as a user's variable would: objects
    /// that live cost the garbage collector more than objects that die at once, and that is part of an object's price.
    /// </summary>
    private static double MicrosecondsPerRecord(PowerShellSession session, string cmdlet)
    {
        // What the other side left behind is not collected on this side's time.
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        session.Run($"$null = $records | {cmdlet}");
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / PipelineRecords.Count;
    }

    /// <summary>The comparison is fair only while both sides write objects of the same size.</summary>
    private static void RequireAsManyProperties(PowerShellSession session)
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
